import { findDiscountCode, findDiscountGuesses, saveDiscountGuesses } from '../../db/discounts.ts'
import type { Work } from '../work.ts'
import { answerCheckout, readCheckout } from './checkout.ts'
import { judgeCode } from './judge-code.ts'

const MAX_WRONG = 10
const HOUR_MS = 3_600_000
const MAX_CODE = 24

/**
 * Takes a person's words as a discount code for their checkout, in whatever case. Returns why it cannot be taken, or
 * undefined when it was. Who tries many codes that do not exist has to wait.
 */
export function tryDiscountCode(work: Work, personId: number, words: string): string | undefined {
  const checkout = readCheckout(work, personId)
  if (!checkout) return 'This checkout is over. Open your cart to start again.'
  const wait = waitOf(work, personId)
  if (wait > 0) return `You tried many codes that do not exist. Please try again in ${inMinutes(wait)}.`
  const code = words.trim().toUpperCase()
  const known = code.length <= MAX_CODE && findDiscountCode(work.tx, code) !== undefined
  if (!known) {
    noteWrong(work, personId)
    return 'I do not know this code. Please check how it is written.'
  }
  const { itemsMinor, deliveryMinor } = checkout.price
  const { refusal } = judgeCode(work, { code, personId, itemsMinor, deliveryMinor })
  if (refusal) return refusal
  answerCheckout(work, personId, { discountCode: code })
  return undefined
}

/** How long a person has to wait before another try, in ms. */
function waitOf(work: Work, personId: number): number {
  const guesses = findDiscountGuesses(work.tx, personId)
  return guesses && guesses.wrong >= MAX_WRONG ? guesses.since + HOUR_MS - work.now : 0
}

function noteWrong(work: Work, personId: number): void {
  const before = findDiscountGuesses(work.tx, personId)
  const counts = before !== undefined && work.now < before.since + HOUR_MS
  const guesses = counts ? { since: before.since, wrong: before.wrong + 1 } : { since: work.now, wrong: 1 }
  saveDiscountGuesses(work.tx, { personId, ...guesses })
}

function inMinutes(ms: number): string {
  const minutes = Math.ceil(ms / 60_000)
  return minutes === 1 ? 'a minute' : `${minutes} minutes`
}
