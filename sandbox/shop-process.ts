import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const ROOT = join(import.meta.dirname, '..')
export const MAIN = join(ROOT, 'src', 'main.ts')

/** A shop in a process of its own. */
export interface ShopProcess {
  port: number
  pid: number
  /** Milliseconds from its start until it took orders. */
  readyAfter: number
  readyAt: number
  /** Resolves once it has ended, for whatever reason. */
  ended: Promise<unknown>
  /** Ends it with this signal; resolves with its exit code, null after a kill. */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null>
  /** What it complained about. */
  complaints(): string[]
}

interface Listeners {
  /** Gets what ends the process at once, for whoever must not leave it behind. */
  onStart?: (kill: () => void) => void
  /** Gets each line of its log. */
  onLine?: (line: string) => void
}

/**
 * Starts a shop and waits until it says that it is open. Rejects with its last words when it ends before.
 */
export async function startShopProcess(
  entry: string,
  env: Record<string, string>,
  { onStart, onLine }: Listeners = {},
): Promise<ShopProcess> {
  const startedAt = Date.now()
  const { PATH, NODE_COMPILE_CACHE } = process.env
  const child = spawn(process.execPath, [entry], {
    cwd: ROOT,
    env: { PATH, NODE_COMPILE_CACHE, HOST: '127.0.0.1', PORT: '0', LOG_LEVEL: 'info', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onStart?.(() => void child.kill('SIGKILL'))
  const ended = once(child, 'exit') as Promise<[number | null]>
  const complaints: string[] = []
  let lastWords = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    lastWords += text
  })
  const opened = listenFor(child, complaints, onLine)
  // Its end may be heard of before its last words.
  const failed = once(child, 'close').then(() => {
    throw new ShopEnded(child.exitCode, lastWords)
  })
  failed.catch(() => undefined)
  const port = await Promise.race([opened, failed])
  return {
    port,
    pid: child.pid ?? 0,
    readyAfter: Date.now() - startedAt,
    readyAt: Date.now(),
    ended,
    async end(signal) {
      child.kill(signal)
      const [code] = await ended
      return code
    },
    complaints: () => (lastWords ? [...complaints, lastWords] : complaints),
  }
}

/** The process ended instead of opening. */
export class ShopEnded extends Error {
  override readonly name = 'ShopEnded'
  readonly code: number | null
  constructor(code: number | null, lastWords: string) {
    super(lastWords)
    this.code = code
  }
}

function listenFor(child: ChildProcess, complaints: string[], onLine: Listeners['onLine']): Promise<number> {
  return new Promise((resolve) => {
    if (!child.stdout) return
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (!line.startsWith('{')) return
      onLine?.(line)
      const said = JSON.parse(line) as { level: number; msg: string; port?: number }
      if (said.msg === 'the shop is open' && said.port) resolve(said.port)
      if (said.level >= 50) complaints.push(line)
    })
  })
}
