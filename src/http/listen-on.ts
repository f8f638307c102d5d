import type { Server } from 'node:http'

interface Place {
  /** 0 takes a free one. */
  port: number
  host: string | undefined
  /** What the port is called in the settings. */
  setting: 'PORT' | 'METRICS_PORT'
}

/** Resolves once the server listens there. Rejects in words when another program has the port. */
export function listenOn(server: Server, { port, host, setting }: Place): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const words = `Port ${port} is taken by another program. Stop that one, or set another ${setting}.`
      reject(error.code === 'EADDRINUSE' ? new Error(words) : error)
    })
    server.listen(port, host, resolve)
  })
}
