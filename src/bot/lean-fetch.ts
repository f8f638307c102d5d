import { Agent, request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest, Agent as TlsAgent } from 'node:https'
import type { Readable } from 'node:stream'

/** What grammY passes to `fetch`: text, or a stream when a file goes with it. */
interface Call {
  method: string
  headers: Record<string, string>
  body: string | Readable
  signal: AbortSignal
}

const agents = { 'http:': new Agent({ keepAlive: true }), 'https:': new TlsAgent({ keepAlive: true }) }

/**
 * As much of `fetch` as grammY needs, straight on node:http: with its own node-fetch the chat takes a sixth less.
 * Rejects when the connection fails or the signal says so; the message never holds the address, which holds the token.
 */
export function leanFetch(address: string, { method, headers, body, signal }: Call) {
  return new Promise<{ json(): Promise<unknown> }>((resolve, reject) => {
    const url = new URL(address)
    const secure = url.protocol === 'https:'
    const agent = agents[secure ? 'https:' : 'http:']
    const length = typeof body === 'string' && { 'content-length': Buffer.byteLength(body) }
    const options = { method, agent, headers: { ...headers, ...length } }
    const request = (secure ? httpsRequest : httpRequest)(url, options, (response) => {
      readAll(response).then((text) => resolve({ json: async () => JSON.parse(text) as unknown }), reject)
    })
    const abort = () => request.destroy(new Error('aborted'))
    if (signal.aborted) abort()
    signal.addEventListener('abort', abort)
    request.on('error', reject)
    request.once('close', () => signal.removeEventListener('abort', abort))
    if (typeof body === 'string') request.end(body)
    else body.on('error', abort).pipe(request)
  })
}

function readAll(response: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    response.setEncoding('utf8')
    response.on('data', (chunk: string) => {
      text += chunk
    })
    response.once('end', () => resolve(text))
    response.on('error', reject)
    response.once('close', () => reject(new Error('the connection was cut')))
  })
}
