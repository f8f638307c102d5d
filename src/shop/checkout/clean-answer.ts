import type { PaymentMethod } from '../../db/schema.ts'
import { cleanText as withoutInvisible } from '../../lib/clean-text.ts'
import { ShopError } from '../../lib/shop-error.ts'

const MAX_ADDRESS = 300
const MAX_PHONE = 32
const MAX_NOTE = 500

export interface CheckoutAnswer {
  deliveryMethodId?: number
  paymentMethod?: PaymentMethod
  address?: string | null
  phone?: string | null
  /** An empty note means "no note"; null asks again. */
  note?: string | null
  /** As `tryDiscountCode` found it; null takes it away. */
  discountCode?: string | null
}

/** The answer without what cannot be printed. Throws a ShopError invalid (with `field`) for words that cannot be taken. */
export function cleanAnswer(answer: CheckoutAnswer): CheckoutAnswer {
  const clean = { ...answer }
  if (answer.address) clean.address = cleanText('address', answer.address, 5, MAX_ADDRESS)
  if (answer.phone) clean.phone = cleanPhone(answer.phone)
  if (answer.note) clean.note = cleanText('note', answer.note, 0, MAX_NOTE)
  return clean
}

function cleanText(field: string, text: string, min: number, max: number): string {
  // Control characters would break labels and exports; line breaks are part of an address.
  const clean = withoutInvisible(text)
  if (clean.length < min) throw new ShopError('invalid', `That looks too short for the ${field}.`, { field })
  if (clean.length > max)
    throw new ShopError('invalid', `Please keep the ${field} under ${max} characters.`, { field })
  return clean
}

/** A number copied from a phone brings invisible marks and hyphens of other kinds; Arabic and Persian keyboards have digits of their own. */
function asDialled(text: string): string {
  return withoutInvisible(text)
    .replace(/\p{Pd}/gu, '-')
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 0xf))
}

function cleanPhone(text: string): string {
  const clean = asDialled(text)
  const digits = clean.replace(/\D/g, '')
  const plausible = /^\+?[\d\s()./-]+$/.test(clean) && digits.length >= 6 && digits.length <= 15
  if (!plausible || clean.length > MAX_PHONE) {
    throw new ShopError('invalid', 'That does not look like a phone number.', { field: 'phone' })
  }
  return clean
}
