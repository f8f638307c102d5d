import { findEntry } from '../../db/ledger.ts'
import { formatMoney } from '../../lib/money.ts'
import type { EventFacts } from './facts.ts'
import type { NoticeMessage } from './message.ts'

const KINDS = ['unknown_money', 'unknown_money_back', 'unknown_money_kept']

/** What somebody is told of money of theirs that nobody knows an order for. Undefined for other kinds. */
export function payerNotice({ db, data, notice, reader, say }: EventFacts): NoticeMessage | undefined {
  const entry = findEntry(db, Number(data.entryId))
  if (!entry || !KINDS.includes(notice.kind)) return undefined
  const amount = formatMoney(entry.amount_minor, entry.currency, reader.language)
  return { html: say(notice.kind, { amount }), buttons: [], silent: false }
}
