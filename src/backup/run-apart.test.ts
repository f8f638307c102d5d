import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { givenFolder, givenShop } from '../../tests/given.ts'
import { runApart } from './run-apart.ts'

it('fails, and ends nothing else, when the system starts no process', async () => {
  const { execPath } = process
  onTestFinished(() => {
    process.execPath = execPath
  })
  const dataDir = givenFolder()
  process.execPath = join(dataDir, 'nothing')
  const run = { dataDir, folder: join(dataDir, 'backups'), key: undefined, keepDays: 30, bucket: undefined }
  await expect(runApart({ ...run, reason: 'asked', now: 1 })).rejects.toThrow('ENOENT')
})

// Only Linux tells of children.
it.runIf(process.platform === 'linux')(
  'is ended by the shop alone, whatever the system tells everybody',
  async () => {
    const { folder: dataDir } = givenShop()
    const server = createServer().listen(0, '127.0.0.1')
    onTestFinished(() => void server.close())
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const keys = { region: 'auto', accessKeyId: 'one', secretAccessKey: 'two' }
    const bucket = { endpoint: `http://127.0.0.1:${port}`, bucket: 'one', prefix: '', ...keys }
    const run = { dataDir, folder: join(dataDir, 'backups'), key: undefined, keepDays: 30, bucket }
    const ended = runApart({ ...run, reason: 'asked', now: 1 }).catch((error: Error) => error.message)
    const [socket] = (await once(server, 'connection')) as [Socket]
    for (const pid of backupProcesses()) process.kill(pid, 'SIGTERM')
    server.close()
    socket.destroy()
    expect(await ended).toMatch('could not be reached')
  },
)

/** Those that this process has started. */
function backupProcesses(): number[] {
  const threads = '/proc/self/task'
  const lists = readdirSync(threads).map((id) => readFileSync(join(threads, id, 'children'), 'utf8'))
  const pids = lists.join(' ').split(/\s+/).filter(Boolean)
  return pids
    .filter((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('backup-process'))
    .map(Number)
}
