import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Which version of the program this is, as package.json says. */
export const VERSION = (
  JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'package.json'), 'utf8')) as {
    version: string
  }
).version
