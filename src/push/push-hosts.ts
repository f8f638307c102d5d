const KNOWN_HOSTS = [
  'fcm.googleapis.com',
  '*.push.services.mozilla.com',
  '*.push.apple.com',
  '*.notify.windows.com',
]
const MAX_LENGTH = 2_000

/**
 * Why the shop will not send to this address, in a sentence for a person, or undefined when it will. A browser can name any
 * address as its push service, also one inside the shop's own network. `more` is PUSH_HOSTS: hosts, `*.host` for all
 * hosts below one, and whole origins.
 */
export function checkEndpoint(endpoint: string, more: readonly string[] = []): string | undefined {
  const url = endpoint.length <= MAX_LENGTH ? URL.parse(endpoint) : null
  if (!url) return 'The push address is not a web address.'
  if (url.username || url.password) return 'The push address must not hold a name or a password.'
  if (more.includes(url.origin)) return undefined
  if (url.protocol !== 'https:') return 'The push address must start with https.'
  if (url.port) return 'The push address must not name a port.'
  if ([...KNOWN_HOSTS, ...more].some((host) => covers(host, url.hostname))) return undefined
  return `“${url.hostname}” is not a push service this shop knows. If it should be, add it to PUSH_HOSTS.`
}

function covers(host: string, name: string): boolean {
  return host.startsWith('*.') ? name.endsWith(host.slice(1)) : name === host
}
