import { type LookupAddress, type LookupOptions, lookup } from 'node:dns'
import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'
import { Agent, buildConnector, type Dispatcher, interceptors } from 'undici'
import { ShopError } from '../lib/shop-error.ts'

const CONNECT_WITHIN_MS = 5_000
const MOST_REDIRECTS = 3

/**
 * Connects only to the public internet, and to the origins in `allowed`: whoever may name an address to the shop must not
 * reach what only the shop can reach. It is judged by the address that is connected to, at each redirect anew, so that a
 * name which changes what it stands for changes nothing.
 */
export function createPublicDispatcher(allowed: readonly string[]): Dispatcher {
  const anywhere = buildConnector({ timeout: CONNECT_WITHIN_MS })
  const publicOnly = buildConnector({ timeout: CONNECT_WITHIN_MS, lookup: lookUpPublic })
  const agent = new Agent({
    headersTimeout: 0,
    bodyTimeout: 0,
    connect(options, callback) {
      const { protocol, host, hostname } = options
      if (allowed.includes(`${protocol}//${host}`)) return anywhere(options, callback)
      const literal = hostname.replace(/^\[|\]$/g, '')
      if (isIP(literal) && !isPublic(literal)) return callback(notPublic(), null)
      return publicOnly(options, callback)
    },
  })
  return agent.compose(interceptors.redirect({ maxRedirections: MOST_REDIRECTS }))
}

type OnLookup = (error: Error | null, address: string | LookupAddress[], family?: number) => void

function lookUpPublic(hostname: string, options: LookupOptions, callback: OnLookup): void {
  lookup(hostname, { ...options, all: true }, (error, found) => {
    if (error) return callback(error, [])
    const addresses = found.filter(({ address }) => isPublic(address))
    const [first] = addresses
    if (!first) return callback(notPublic(), [])
    if (options.all) callback(null, addresses)
    else callback(null, first.address, first.family)
  })
}

/** Whether an address belongs to nobody in particular's own network, nor to this machine. */
export function isPublic(address: string): boolean {
  return ipaddr.process(address).range() === 'unicast'
}

function notPublic(): ShopError {
  return new ShopError('invalid', 'Its address is not on the public internet.')
}
