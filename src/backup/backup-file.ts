import { createReadStream, createWriteStream } from 'node:fs'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { ShopError } from '../lib/shop-error.ts'
import { type Manifest, manifest } from './manifest.ts'
import { seal, unseal } from './seal.ts'

const NEWLINE = 10
/** Some hundred thousand pictures. */
const LONGEST_MANIFEST = 64 * 1024 * 1024
/** Fast rather than small. */
const LEVEL = 3

/** Writes a backup file: the manifest as a line, then the database, compressed, then encrypted where there is a key. */
export async function writeBackup(
  path: string,
  { about, database, key }: { about: Manifest; database: string; key: string | undefined },
): Promise<void> {
  async function* content() {
    yield Buffer.from(`${JSON.stringify(about)}\n`)
    yield* createReadStream(database)
  }
  // Each piece is on the disk before the next: a lot at once would hold up the shop's own commits.
  const target = createWriteStream(path, { flags: 'as', mode: 0o600 })
  const packed = createGzip({ level: LEVEL })
  await (key ? pipeline(content, packed, seal(key), target) : pipeline(content, packed, target))
}

export interface OpenBackup {
  about: Manifest
  /** The bytes of the database; read them to the end, or call `close`. */
  database: AsyncGenerator<Buffer>
  close(): void
}

/** Opens a backup to read it. Throws a ShopError with what is wrong with it. */
export async function openBackup(
  source: Readable,
  { sealed, key }: { sealed: boolean; key: string | undefined },
): Promise<OpenBackup> {
  const plain = createGunzip()
  // What ends it is thrown where the bytes are read.
  const fed = sealed ? pipeline(source, unseal(key), plain) : pipeline(source, plain)
  fed.catch(() => undefined)
  const chunks = plain.iterator({ destroyOnReturn: false })
  const close = () => void plain.destroy()
  try {
    const { line, rest } = await readLine(chunks)
    const about = manifest.parse(JSON.parse(line))
    return { about, database: database(rest, chunks), close }
  } catch (error) {
    close()
    throw damage(error)
  }
}

async function readLine(chunks: AsyncIterator<Buffer>): Promise<{ line: string; rest: Buffer }> {
  const parts: Buffer[] = []
  for (let length = 0; length < LONGEST_MANIFEST; ) {
    const { value, done } = await chunks.next()
    if (done) break
    const end = value.indexOf(NEWLINE)
    parts.push(end < 0 ? value : value.subarray(0, end))
    if (end >= 0) return { line: Buffer.concat(parts).toString('utf8'), rest: value.subarray(end + 1) }
    length += value.length
  }
  throw new Error('it has no manifest')
}

async function* database(first: Buffer, chunks: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield first
  try {
    for (;;) {
      const { value, done } = await chunks.next()
      if (done) return
      yield value
    }
  } catch (error) {
    throw damage(error)
  }
}

function damage(error: unknown): Error {
  if (error instanceof ShopError || (error as NodeJS.ErrnoException).syscall) return error as Error
  return new ShopError('invalid', 'This backup is damaged or cut short, or it is no backup of LittleShop.', {
    reason: String(error),
  })
}
