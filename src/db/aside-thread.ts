import { constants, setPriority } from 'node:os'
import { platform } from 'node:process'
import { isMainThread, parentPort, workerData } from 'node:worker_threads'
import { openReader, type Reader, type SnapshotReader } from './database.ts'

/** Which function reads: its name in the `slowReads` of a module. A function cannot be handed to a thread, its address can. */
export interface SlowRead {
  module: string
  name: string
  input: unknown
}

/** A read that may take long. It yields its answer in pieces: each is made of one state of the shop, and others have their turn between. */
export type SlowReadFunction = (
  db: Reader,
  // biome-ignore lint/suspicious/noExplicitAny: each has an input of its own, which its callers are held to
  input: any,
) => Generator<unknown, void, void>

export type AsideMessage =
  | { id: number; is: 'begin'; read: SlowRead }
  | { id: number; is: 'more' }
  | { id: number; is: 'stop' }

export type AsideReply =
  | { id: number; is: 'piece'; piece: unknown }
  | { id: number; is: 'done' }
  | { id: number; is: 'failed'; error: unknown }

type Pieces = ReturnType<SlowReadFunction>

if (!isMainThread && parentPort) {
  // On one core the shop goes first. Only Linux has priorities of threads; elsewhere it would be the whole process's.
  if (platform === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL)
  serve(parentPort, openReader((workerData as { path: string }).path))
}

function serve(port: NonNullable<typeof parentPort>, db: SnapshotReader): void {
  const readings = new Map<number, Promise<Pieces>>()

  async function begin({ module, name, input }: SlowRead): Promise<Pieces> {
    const { slowReads } = (await import(module)) as { slowReads: Record<string, SlowReadFunction> }
    const read = slowReads[name]
    if (!read) throw new Error(`there is no slow read ${name} in ${module}`)
    return read(db, input)
  }

  async function nextOf(id: number): Promise<AsideReply> {
    try {
      const pieces = await readings.get(id)
      const step = pieces && db.snapshot(() => pieces.next())
      return step?.value === undefined ? { id, is: 'done' } : { id, is: 'piece', piece: step.value }
    } catch (error) {
      return { id, is: 'failed', error }
    }
  }

  port.on('message', (message: AsideMessage) => {
    const { id } = message
    if (message.is === 'begin') readings.set(id, begin(message.read))
    else if (message.is === 'stop') readings.delete(id)
    else void nextOf(id).then((reply) => port.postMessage(reply))
  })
}
