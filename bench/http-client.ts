import { connect, type Socket } from 'node:net'

export interface Call {
  method: 'GET' | 'POST'
  path: string
  body?: string
}

export interface HttpClient {
  /** Makes all calls over the connections, each busy with one at a time; returns how long each took, in ms. */
  run(calls: readonly Call[]): Promise<number[]>
  close(): void
}

/** A client that costs next to nothing, so that a second core can keep a server busy. Throws on any status but 2xx. */
export async function openClient(port: number, token: string, connections = 16): Promise<HttpClient> {
  const sockets = await Promise.all(Array.from({ length: connections }, () => open(port)))
  return {
    async run(calls) {
      const times: number[] = []
      let next = 0
      const busy = sockets.map(async (socket) => {
        for (let call = calls[next++]; call; call = calls[next++]) {
          const start = performance.now()
          await exchange(socket, requestText(call, port, token))
          times.push(performance.now() - start)
        }
      })
      await Promise.all(busy)
      return times
    },
    close: () => {
      for (const socket of sockets) socket.destroy()
    },
  }
}

function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket))
    socket.setNoDelay(true)
    socket.once('error', reject)
  })
}

function requestText({ method, path, body = '' }: Call, port: number, token: string): string {
  const content = body && `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n`
  return `${method} ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nauthorization: Bearer ${token}\r\n${content}\r\n${body}`
}

function exchange(socket: Socket, request: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let seen = ''
    function onData(chunk: Buffer): void {
      seen += chunk.toString('latin1')
      const head = seen.indexOf('\r\n\r\n')
      if (head === -1) return
      const length = Number(/content-length: (\d+)/i.exec(seen)?.[1] ?? Number.NaN)
      if (!(length >= 0)) {
        reject(new Error(`no content-length in ${seen.slice(0, head)}`))
        return
      }
      if (seen.length < head + 4 + length) return
      socket.off('data', onData)
      if (/^HTTP\/1.1 2/.test(seen)) resolve()
      else reject(new Error(seen))
    }
    socket.on('data', onData)
    socket.write(request)
  })
}
