import { findPerson, setPersonEmail } from '../../db/people.ts'
import { ShopError } from '../../lib/shop-error.ts'
import { recordEvent } from '../record-event.ts'
import type { Work } from '../work.ts'

const MAX_ADDRESS = 254
const MAX_LOCAL_PART = 64

/**
 * Stores where a person gets order mails; null ends them. Throws a ShopError invalid, which says what is wrong with the
 * address. The address stays out of the shop's history.
 */
export function setEmail(work: Work, wish: { personId: number; email: string | null }): void {
  const { personId, email } = wish
  const person = findPerson(work.tx, personId)
  if (!person) throw new ShopError('not_found', 'There is no such person.')
  const address = email === null ? null : checkedEmail(email.trim())
  if (!setPersonEmail(work.tx, personId, address)) return
  recordEvent(work, {
    type: 'email_changed',
    orderId: null,
    actor: { kind: 'customer', id: personId, name: person.name, source: 'chat' },
    data: { given: address !== null },
  })
}

/** The address as it is kept. Throws a ShopError invalid, which says what is wrong with it. */
export function checkedEmail(text: string): string {
  if (text.length > MAX_ADDRESS) throw refusal(`Please use at most ${MAX_ADDRESS} characters.`)
  if (text.split('@').length > 2) throw refusal('Please send one address only.')
  if (/\s/.test(text)) throw refusal('Please send only the address, without spaces or other words.')
  const [local = '', domain = ''] = text.split('@')
  if (!isLocalPart(local) || !isDomain(domain)) {
    throw refusal('That does not look like an address. It goes like this: ana@example.com')
  }
  return `${local}@${domain.toLowerCase()}`
}

// Narrower than the standard allows: quotes, brackets and commas are slips of the thumb, and mean something in a mail's head.
function isLocalPart(text: string): boolean {
  return (
    text.length <= MAX_LOCAL_PART &&
    /^[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+(\.[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u.test(text)
  )
}

function isDomain(text: string): boolean {
  const names = text.split('.')
  const last = names.at(-1) ?? ''
  return (
    names.length >= 2 &&
    names.every((name) => /^[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?$/u.test(name)) &&
    /\p{L}{2}|^xn--/u.test(last)
  )
}

function refusal(sentence: string): ShopError {
  return new ShopError('invalid', sentence)
}
