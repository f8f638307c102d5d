import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { answerBotApi } from './bot-api.ts'
import { createControl } from './control.ts'
import type { Sandbox } from './sandbox.ts'

export interface RunningServer {
  url: string
  stop(): Promise<void>
}

/** Serves the Bot API, its files, the control API and the chat page; on this machine only. */
export async function serve(sandbox: Sandbox, port: number): Promise<RunningServer> {
  const control = getRequestListener(createControl(sandbox).fetch)
  const server = createServer((request, response) => {
    const [path, query] = split(request.url ?? '/')
    if (path.startsWith('/bot')) void answerBotApi(sandbox, path.slice(4), query, request, response)
    else if (path.startsWith('/file/bot')) sendFile(sandbox, path.slice('/file/bot'.length), response)
    else void control(request, response)
  })
  // The bot keeps its connections; they must not be closed under its feet between two calls.
  server.keepAliveTimeout = 65_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const { port: bound } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${bound}`, stop: () => stop(sandbox, server) }
}

async function stop(sandbox: Sandbox, server: Server): Promise<void> {
  sandbox.webhook.set({ url: '', secret: '', maxConnections: 40 })
  sandbox.faults.clear()
  await new Promise((resolve) => {
    server.close(resolve)
    server.closeAllConnections()
  })
}

function split(url: string): [string, URLSearchParams | undefined] {
  const mark = url.indexOf('?')
  return mark === -1 ? [url, undefined] : [url.slice(0, mark), new URLSearchParams(url.slice(mark + 1))]
}

/** `/file/bot<token>/<file_path>`: what getFile pointed to. */
function sendFile(sandbox: Sandbox, path: string, response: ServerResponse<IncomingMessage>): void {
  const { token } = sandbox.bot
  const decoded = decodeURIComponent(path)
  const file = decoded.startsWith(`${token}/`)
    ? sandbox.files.byPath(decoded.slice(token.length + 1))
    : undefined
  if (file) {
    response.writeHead(200, {
      'content-type': 'application/octet-stream',
      'content-length': file.bytes.length,
    })
    response.end(file.bytes)
    return
  }
  const status = decoded.startsWith(`${token}/`) ? 404 : 401
  const description = status === 404 ? 'Not Found' : 'Unauthorized'
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify({ ok: false, error_code: status, description }))
}
