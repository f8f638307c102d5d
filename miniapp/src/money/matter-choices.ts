import type { LedgerEntry } from '../../../src/http/contract/money.ts'
import type { Decision } from '../api/money.ts'
import type { IconName } from '../parts/icon.tsx'
import { formatMoney } from './money.ts'

type Action = LedgerEntry['actions'][number]
type Entry = Pick<LedgerEntry, 'amountMinor' | 'currency' | 'undecided' | 'orderNumber' | 'trouble'>

/** Something that can be decided about money that fits nowhere. */
export interface MatterChoice {
  action: Action
  decision: Decision
  icon: IconName
  word: (entry: Entry) => string
  /** What then happens, to be read before it does. */
  about: (entry: Entry) => string
  done: string
}

export const CHOICES: MatterChoice[] = [
  {
    action: 'apply',
    decision: 'apply',
    icon: 'check',
    word: ({ orderNumber }) => (orderNumber === null ? 'It is for an order' : `Count it for #${orderNumber}`),
    about: (entry) => `${amountOf(entry)} then counts for the order, and the customer is told.`,
    done: 'It counts for the order.',
  },
  {
    action: 'reopen',
    decision: 'apply',
    icon: 'check',
    word: () => 'Take the order after all',
    about: (entry) => `#${entry.orderNumber} goes on as a new order, with ${amountOf(entry)} on it.`,
    done: 'The order goes on.',
  },
  {
    action: 'refund',
    decision: 'refund',
    icon: 'undo',
    word: ({ trouble }) => (trouble === 'too_much' ? 'Give the surplus back' : 'Give it back'),
    about: (entry) =>
      entry.trouble === 'too_much'
        ? `The customer gets ${amountOf(entry)} back, what was more than due, and is told. The order stays paid.`
        : `The customer gets ${amountOf(entry)} back, and is told.`,
    done: 'It is to be given back.',
  },
  {
    action: 'keep',
    decision: 'keep',
    icon: 'coins',
    word: ({ trouble }) => (trouble === 'too_much' ? 'Keep the surplus' : 'Keep it'),
    about: (entry) =>
      entry.trouble === 'too_much'
        ? `${amountOf(entry)}, what was more than due, stays with the shop, for example as a tip.`
        : `${amountOf(entry)} stays with the shop, and counts for no order.`,
    done: 'It is kept.',
  },
]

const DECIDED: Action[] = CHOICES.map(({ action }) => action)

/** Whether somebody must say what is to happen with this money. */
export function isMatter(entry: Pick<LedgerEntry, 'actions'>): boolean {
  return entry.actions.some((action) => DECIDED.includes(action))
}

/** What the decision is about: of a payment that was too much, the surplus alone. */
export function amountOf({ undecided, amountMinor, currency }: Entry): string {
  return undecided
    ? formatMoney(undecided.amountMinor, undecided.currency)
    : formatMoney(amountMinor, currency)
}
