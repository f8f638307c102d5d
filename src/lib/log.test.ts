import { expect, test } from 'vitest'
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
