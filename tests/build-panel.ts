import { execFileSync } from 'node:child_process'
import { join } from 'node:path'

/** Builds the panel, which takes no time when it is built already. */
export function buildPanel(): void {
  execFileSync(process.execPath, [join(import.meta.dirname, '..', 'scripts', 'build.ts')])
}
