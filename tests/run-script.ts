import { spawn } from 'node:child_process'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '..')

export interface Ended {
  status: number | null
  stdout: string
  stderr: string
}

/** Runs one of the scripts as a person does: a process of its own, in `folder`, with nothing of ours in its environment but where compiled code is kept. */
export function runScript(
  script: string,
  { folder, env = {}, args = [], input = '', root = ROOT }: Wish,
): Promise<Ended> {
  const child = spawn(process.execPath, [join(root, script), ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE, ...env },
  })
  const said = { stdout: '', stderr: '' }
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      said[stream] += text
    })
  }
  // Whoever ends before it has read everything is free to.
  child.stdin.on('error', () => undefined).end(input)
  return new Promise((resolve) => child.on('close', (status) => resolve({ status, ...said })))
}

export interface Wish {
  folder: string
  env?: Record<string, string>
  args?: string[]
  /** What is typed, or piped. */
  input?: string
  /** Where the program lies; by default here. */
  root?: string
}
