import { createServer } from 'node:http'
import type { Metrics } from '../lib/metrics.ts'

/** Serves the process's figures on a port of their own, for a collector beside it; undefined serves nothing. */
export async function serveMetrics(
  metrics: Metrics,
  port: number | undefined,
  host: string,
): Promise<() => Promise<void>> {
  if (port === undefined) return async () => undefined
  const { registry } = metrics
  const server = createServer((_request, response) => {
    void registry.metrics().then((text) => {
      response.writeHead(200, { 'content-type': registry.contentType })
      response.end(text)
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  return () => new Promise((resolve) => server.close(() => resolve()))
}
