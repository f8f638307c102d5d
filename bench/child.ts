import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

export interface Child<Hello> {
  hello: Hello
  /** Sends a message and resolves with the child's next one. */
  ask<Answer>(message: unknown): Promise<Answer>
  stop(): Promise<void>
}

/** Starts a file of this folder as a process of its own and waits until it says how it can be reached. */
export async function startChild<Hello>(
  file: string,
  args: string[],
  env: NodeJS.ProcessEnv = {},
): Promise<Child<Hello>> {
  const child = fork(join(import.meta.dirname, file), args, {
    execArgv: process.env.BENCH_NODE_OPTIONS?.split(' ') ?? [],
    env: { ...process.env, ...env },
  })
  const hello = (await nextMessage(child)) as Hello
  return {
    hello,
    ask: async <Answer>(message: unknown) => {
      const answer = nextMessage(child)
      child.send(message as object)
      return (await answer) as Answer
    },
    async stop() {
      const ended = once(child, 'exit')
      if (child.connected) child.disconnect()
      await ended
    },
  }
}

function nextMessage(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    function onExit(code: number | null): void {
      reject(new Error(`${child.spawnargs.join(' ')} ended with ${code}`))
    }
    child.once('exit', onExit)
    child.once('message', (message) => {
      child.off('exit', onExit)
      resolve(message)
    })
  })
}

/** In a child: tells the parent how to reach it, and ends with the parent. */
export function sayHello(hello: object, close: () => void = () => undefined): void {
  process.once('disconnect', () => {
    close()
    process.exit(0)
  })
  process.send?.(hello)
}
