import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const TEXTS = /\.(js|css|html|svg|json|webmanifest)$/
/** Below this a packet is a packet, whatever is in it. */
const WORTH_COMPRESSING = 1_024

/** Lays a .br and a .gz beside each text in the folder, to be served in its place. Returns what came of it, in words. */
export function compressFolder(folder: string): string {
  const sums = { plain: 0, gz: 0, br: 0 }
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    const content = entry.isFile() && TEXTS.test(entry.name) ? readFileSync(path) : undefined
    if (!content || content.length < WORTH_COMPRESSING) continue
    const params = { [constants.BROTLI_PARAM_SIZE_HINT]: content.length }
    const small = { gz: gzipSync(content, { level: 9 }), br: brotliCompressSync(content, { params }) }
    writeFileSync(`${path}.gz`, small.gz)
    writeFileSync(`${path}.br`, small.br)
    sums.plain += content.length
    sums.gz += small.gz.length
    sums.br += small.br.length
  }
  const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`
  return `${kilobytes(sums.plain)} of text, ${kilobytes(sums.gz)} with gzip, ${kilobytes(sums.br)} with brotli`
}
