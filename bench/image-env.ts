import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const DOCKERFILE = join(import.meta.dirname, '..', 'Dockerfile')
const APP = join(import.meta.dirname, '..', 'src', 'app.ts')

/** How Node is set in the image: what start and memory are worth depends on it. Compiled code is kept in this folder. */
export function imageEnv(folder: string): Record<string, string> {
  const options = /^ENV NODE_OPTIONS="(.*)"$/m.exec(readFileSync(DOCKERFILE, 'utf8'))?.[1]
  if (options === undefined) throw new Error('the Dockerfile sets no NODE_OPTIONS')
  return { NODE_OPTIONS: options, NODE_COMPILE_CACHE: join(folder, 'node-cache') }
}

/** Compiles the code and keeps it, as the image does when it is built: what is killed keeps nothing by itself. */
export function compile(env: Record<string, string>): void {
  const files = [APP, 'grammy', '@grammyjs/runner'].map((file) => `await import(${JSON.stringify(file)})`)
  execFileSync(process.execPath, ['--input-type=module', '--eval', files.join(';')], {
    cwd: import.meta.dirname,
    env: { PATH: process.env.PATH, ...env },
  })
}
