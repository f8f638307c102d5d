import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'

/** The size and the SHA-256 (hex) of what passes by. */
export async function hashBytes(bytes: AsyncIterable<Uint8Array>): Promise<{ size: number; sha256: string }> {
  const hash = createHash('sha256')
  let size = 0
  for await (const chunk of bytes) {
    hash.update(chunk)
    size += chunk.length
  }
  return { size, sha256: hash.digest('hex') }
}

export function hashFile(path: string): Promise<{ size: number; sha256: string }> {
  return hashBytes(createReadStream(path))
}
