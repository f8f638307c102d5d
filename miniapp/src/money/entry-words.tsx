import type { LedgerEntry } from '../../../src/http/contract/money.ts'
import { CopyButton } from '../parts/copy-button.tsx'
import { Icon } from '../parts/icon.tsx'
import { Ago } from '../parts/when.tsx'
import { OrderLink } from './banner.tsx'
import { PROVIDERS, stateOf, troubleOf } from './ledger-words.ts'
import { formatMoney } from './money.ts'
import { StateLine } from './state-line.tsx'

/** What came or went, how it stands, why, for whom and when. */
export function EntryWords({ entry, showOrder }: { entry: LedgerEntry; showOrder: boolean }) {
  const { kind, provider, amountMinor, currency, orderNumber, customerName, reason, link } = entry
  const state = stateOf(entry)
  const isGone = state.tone === 'over' && (entry.state === 'void' || entry.state === 'returned')
  const sign = kind === 'refund' ? '−' : ''
  return (
    <div class="entry-head">
      <span class={`entry-icon tone-${state.tone}`}>
        <Icon name={kind === 'refund' ? 'undo' : 'coins'} />
      </span>
      <div class="line-words">
        <p class="pair">
          <span class="wrap">{kind === 'refund' ? `Back: ${PROVIDERS[provider]}` : PROVIDERS[provider]}</span>
          <span class={isGone ? 'entry-amount entry-gone' : 'entry-amount strong'}>
            {sign}
            {formatMoney(amountMinor, currency)}
          </span>
        </p>
        <StateLine state={state} />
        {troubleOf(entry) && <p class="small wrap">{troubleOf(entry)}</p>}
        {reason && <p class="small hint wrap">“{reason}”</p>}
        <p class="small hint">
          {showOrder && orderNumber !== null && (
            <>
              <OrderLink number={orderNumber} customerName={customerName} />
              {' · '}
            </>
          )}
          <Ago at={entry.at} />
        </p>
      </div>
      {link && entry.state === 'offered' && <CopyButton text={link} label="Copy the customer's link" />}
    </div>
  )
}
