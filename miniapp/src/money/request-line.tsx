import type { PaymentRequest } from '../../../src/http/contract/money.ts'
import { CopyButton } from '../parts/copy-button.tsx'
import { Icon } from '../parts/icon.tsx'
import { timezone } from '../session/shop.ts'
import { clockTime } from '../time/relative-time.ts'
import { everyMinute } from '../time/shop-clock.ts'
import { PROVIDERS, requestState } from './ledger-words.ts'
import { formatMoney } from './money.ts'
import { StateLine } from './state-line.tsx'

/** An invoice the customer can pay now. */
export function RequestLine({ request }: { request: PaymentRequest }) {
  const { amountMinor, currency, state, link, lastError } = request
  const until = clockTime(request.expiresAt, everyMinute(), timezone())
  const more = state === 'open' ? `until ${until}` : state === 'failed' ? `: ${lastError ?? ''}` : undefined
  return (
    <li class="line" data-request={request.id} data-state={state}>
      <Icon name="send" />
      <div class="line-words money-method">
        <p class="pair">
          <span class="wrap">Invoice: {PROVIDERS[request.provider]}</span>
          <span class="strong">{formatMoney(amountMinor, currency)}</span>
        </p>
        <StateLine state={requestState(request)} more={more} />
      </div>
      {link && <CopyButton text={link} label="Copy the link to pay" />}
    </li>
  )
}
