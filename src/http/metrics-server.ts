import { createServer } from 'node:http'
import type { Log } from '../lib/log.ts'
import type { Metrics } from '../lib/metrics.ts'
import { listenOn } from './listen-on.ts'

interface Parts {
  metrics: Metrics
  log: Log
  /** Undefined serves nothing. */
  port: number | undefined
  host: string
}

/** Serves the process's figures on a port of their own, for a collector beside it. Returns how to end that. */
export async function serveMetrics({ metrics, log, port, host }: Parts): Promise<() => Promise<void>> {
  if (port === undefined) return async () => undefined
  const server = createServer((request, response) => {
    const isAsked = request.url === '/metrics' && request.method === 'GET'
    const answer = isAsked ? readFigures(metrics, log) : Promise.resolve({ status: 404, text: 'Not found\n' })
    void answer.then(({ status, text }) => {
      response.writeHead(status, { 'content-type': metrics.registry.contentType })
      response.end(text)
    })
  })
  await listenOn(server, { port, host, setting: 'METRICS_PORT' })
  return () =>
    new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
}

async function readFigures(metrics: Metrics, log: Log): Promise<{ status: number; text: string }> {
  try {
    return { status: 200, text: await metrics.text() }
  } catch (err) {
    log.error({ err }, 'the figures could not be read')
    return { status: 500, text: 'The figures could not be read\n' }
  }
}
