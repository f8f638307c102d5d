import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '..')
const MEMORY = /^ENV NODE_OPTIONS="(.*)" MALLOC_ARENA_MAX=(\d+)$/m

/** How Node is set in the image: what start and memory are worth depends on it. Compiled code is kept in this folder. */
export function imageEnv(folder: string): Record<string, string> {
  const [, options, arenas] = MEMORY.exec(readFileSync(join(ROOT, 'Dockerfile'), 'utf8')) ?? []
  if (!options || !arenas) throw new Error('the Dockerfile does not say how much memory Node may take')
  return {
    NODE_OPTIONS: options,
    MALLOC_ARENA_MAX: arenas,
    NODE_COMPILE_CACHE: join(folder, 'node-cache'),
  }
}

/** Compiles the shop and these files of this folder and keeps it, as the image does when it is built: what is killed keeps nothing by itself. */
export function compile(env: Record<string, string>, ...files: string[]): void {
  const besides = files.map((file) => join(import.meta.dirname, file))
  execFileSync(process.execPath, [join(ROOT, 'scripts', 'compile.ts'), ...besides], {
    env: { PATH: process.env.PATH, ...env },
  })
}
