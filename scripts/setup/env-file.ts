import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { writeSafely } from '../../src/lib/write-safely.ts'

const EXAMPLE = join(import.meta.dirname, '..', '..', '.env.example')

/** Settings by name. */
export type Settings = Record<string, string>

/** The file with the settings, as it is. */
export interface EnvFile {
  /** Whether it has to be made, from .env.example. */
  isNew: boolean
  values: NodeJS.Dict<string>
  text: string
}

export function readEnvFile(path: string): EnvFile {
  const isNew = !existsSync(path)
  const text = readFileSync(isNew ? EXAMPLE : path, 'utf8')
  return { isNew, text, values: parseEnv(text) }
}

/** Writes the settings into their lines, all at once; all others stay as they are, and so does who may read the file. */
export async function writeEnvFile(
  path: string,
  { isNew, text }: EnvFile,
  settings: Settings,
): Promise<void> {
  const written = Object.entries(settings).reduce((lines, [name, value]) => fillIn(lines, name, value), text)
  // It may lie elsewhere, and here be a link to it.
  const place = isNew ? path : realpathSync(path)
  await writeSafely(place, Buffer.from(written), isNew ? undefined : statSync(place))
}

/** Fills in the line of a setting; without one it goes to the end. */
function fillIn(text: string, name: string, value: string): string {
  const itsLine = new RegExp(`^${name}=[^\\r\\n]*`, 'm')
  const line = `${name}=${value}`
  if (itsLine.test(text)) return text.replace(itsLine, () => line)
  return `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${line}\n`
}
