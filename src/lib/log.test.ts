import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { offErrand, onErrand } from './errand.ts'
import { createLog } from './log.ts'

const TOKEN = '123456789:AAHabcdefghijklmnopqrstuvwxyz12345'

/** What the log writes about an error. */
function logged(err: unknown): string {
  const lines: string[] = []
  createLog('info', { write: (line) => void lines.push(line) }).warn({ err }, 'trouble')
  return lines.join('')
}

test('a bot token never reaches the log, not even inside the address of a failed request', () => {
  const cause = new Error(
    `request to https://api.telegram.org/bot${TOKEN}/getUpdates failed, reason: ETIMEDOUT`,
  )
  const line = logged(Object.assign(new Error('Network request failed'), { error: cause }))
  expect(line).toContain('ETIMEDOUT')
  expect(line).not.toContain(TOKEN)
})

test('what a refused call wanted to say stays out of the log: it holds names and addresses', () => {
  const payload = { chat_id: 1, text: '📍 Rua Nova 1, Lisbon' }
  const line = logged(Object.assign(new Error('Too Many Requests'), { method: 'sendMessage', payload }))
  expect(line).toContain('sendMessage')
  expect(line).not.toContain('Rua Nova')
})

test('the update that could not be handled stays out of the log: it holds what people wrote and who they are', () => {
  const person = { name: 'Ana', phone: '+351 912 345 678' }
  const ctx = { person, update: { message: { text: 'Rua Nova 1, Lisbon' } } }
  const line = logged(Object.assign(new Error('GrammyError in middleware'), { ctx }))
  expect(line).toContain('GrammyError in middleware')
  expect(line).not.toMatch(/Rua Nova|Ana|912/)
})

test('an error that leads back to itself, as a refused certificate does, is logged all the same', () => {
  const root: Record<string, unknown> = { subject: { CN: 'Root' } }
  root.issuerCertificate = root
  const cause = Object.assign(new Error('altnames do not match'), {
    cert: { issuerCertificate: root },
    size: 1n,
  })
  const line = logged(Object.assign(new Error('Network request failed'), { error: cause }))
  expect(line).toContain('altnames do not match')
  expect(JSON.parse(line)).toMatchObject({ err: { error: { size: '1' } } })
})

test('fields that are secret, or about somebody, are taken out, also one level down', () => {
  const lines: string[] = []
  const log = createLog('info', { write: (line) => void lines.push(line) })
  log.info({ order: 7, phone: '+351 912 345 678', customer: { id: 3, email: 'ana@example.com' } }, 'hello')
  expect(JSON.parse(lines.join(''))).toMatchObject({
    order: 7,
    phone: '[redacted]',
    customer: { id: 3, email: '[redacted]' },
    msg: 'hello',
  })
})

test('what is written on an errand carries its ids, also after it waited; nothing else does', async () => {
  const lines: string[] = []
  const log = createLog('info', { write: (line) => void lines.push(line) })
  await onErrand({ request: 'r1' }, async () => {
    await Promise.resolve()
    log.info({ order: 7 }, 'mine')
    offErrand(() => log.info('for all'))
  })
  log.info('nobody')
  const said = lines.map((line) => JSON.parse(line) as { msg: string; request?: string })
  expect(said.map(({ msg, request }) => [msg, request])).toEqual([
    ['mine', 'r1'],
    ['for all', undefined],
    ['nobody', undefined],
  ])
})

/** A process that logs once it is told to, and ends. */
const LAST_WORDS = `
  import { createLog } from ${JSON.stringify(join(import.meta.dirname, 'log.ts'))}
  const log = createLog('info')
  process.stdin.once('data', () => {
    // The first is on its way already when the second comes.
    for (const words of ['good bye', 'the last words']) log.info(words)
    process.exit(3)
  })`

test.each([
  [true, 'the last words'],
  [false, ''],
])(
  'a process ends with its last words written, and also where nobody reads them (read: %s)',
  async (isRead, words) => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', LAST_WORDS], { stdio: 'pipe' })
    onTestFinished(() => void child.kill('SIGKILL'))
    let heard = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      heard += text
    })
    if (!isRead) {
      child.stdout.destroy()
      await once(child.stdout, 'close')
    }
    child.stdin.write('now')
    expect(await once(child, 'close')).toEqual([3, null])
    expect(heard).toContain(words)
  },
)
