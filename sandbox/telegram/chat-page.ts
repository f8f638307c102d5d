import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Context } from 'hono'

const dist = fileURLToPath(new URL('../page/dist/', import.meta.url))
const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
}

/** The built chat page; every path without a file of its own is the page itself. */
export async function chatPage(c: Context): Promise<Response> {
  if (!existsSync(join(dist, 'index.html'))) {
    return c.text(
      'The chat page is not built yet. Run "npm run build", or use the control API under /sandbox.',
      404,
    )
  }
  const path = normalize(decodeURIComponent(c.req.path)).replace(/^[/\\]+/, '')
  const wanted = join(dist, path)
  const file =
    wanted.startsWith(dist) && extname(wanted) && existsSync(wanted) ? wanted : join(dist, 'index.html')
  const type = types[extname(file)] ?? 'application/octet-stream'
  return c.body(new Uint8Array(await readFile(file)), 200, { 'content-type': type })
}
