import { type ChildProcess, spawn } from 'node:child_process'

const END_WITH_PARENT = new URL('./end-with-parent.ts', import.meta.url).href
const PAUSE_MS = 300
const STOP_WITHIN_MS = 10_000

/** A Node program that is started again whenever it ends, until it is stopped: what a platform does for a shop. */
export function keepRunning(args: string[], settings: Record<string, string>) {
  let stopping = false
  let child: ChildProcess = start()

  function start(): ChildProcess {
    const started = spawn(process.execPath, ['--import', END_WITH_PARENT, ...args], {
      env: { ...process.env, ...settings },
      stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    })
    started.once('exit', (code, signal) => {
      if (stopping) return
      console.log(`The shop ended (${signal ?? `code ${code}`}). Starting it again.`)
      setTimeout(() => {
        if (!stopping) child = start()
      }, PAUSE_MS)
    })
    return started
  }

  /** Resolves when `url` answers with success. */
  async function ready(url: string): Promise<void> {
    const answered = await fetch(url).then(
      (response) => response.ok,
      () => false,
    )
    if (answered) return
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
    return ready(url)
  }

  async function stop(): Promise<void> {
    stopping = true
    if (child.exitCode !== null || child.signalCode !== null) return
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGTERM')
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS)
    await ended
    clearTimeout(timer)
  }

  return { ready, stop, pid: () => child.pid }
}
