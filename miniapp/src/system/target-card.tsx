import type { ShopTarget } from '../../../src/http/contract/system.ts'
import { Icon, type IconName } from '../parts/icon.tsx'
import { amountWords, barOf, basisWords, countWords, limitWords, TARGETS } from './target-words.ts'
import '../notices/channel-card.css'

/** One promise: what is reached, against its limit. */
export function TargetCard({ target }: { target: ShopTarget }) {
  const { title, icon } = TARGETS[target.name]
  const verdict = verdictOf(target)
  return (
    <section class="card card-pad target-card" data-target={target.name} data-verdict={verdict.is}>
      <header class="channel-head">
        <Icon name={icon} />
        <h3 class="strong channel-name">{title}</h3>
        <span class={`verdict verdict-${verdict.is}`}>
          <Icon name={verdict.icon} size={16} />
          {verdict.word}
        </span>
      </header>
      <p class="channel-rate">
        <span class="channel-share">{target.value === null ? '–' : amountWords(target, target.value)}</span>
        <span class="small hint">promised: {limitWords(target)}</span>
      </p>
      <TargetBar target={target} />
      <p class="small hint">
        {target.value !== null && (
          <>
            {basisWords(target)}
            <br />
          </>
        )}
        {countWords(target)}
      </p>
    </section>
  )
}

function verdictOf({ isMet }: ShopTarget): { is: 'good' | 'bad' | 'none'; word: string; icon: IconName } {
  if (isMet === null) return { is: 'none', word: 'No data', icon: 'more' }
  return isMet ? { is: 'good', word: 'Kept', icon: 'check' } : { is: 'bad', word: 'Missed', icon: 'alert' }
}

/** The value as a bar, the limit as a line across it. The words above say the same. */
function TargetBar({ target }: { target: ShopTarget }) {
  const bar = barOf(target)
  const percent = (share: number) => `${(share * 100).toFixed(2)}%`
  return (
    <div class="target-bar" aria-hidden="true">
      <span class="target-fill" style={{ width: percent(bar.value) }} />
      <span class="target-limit" style={{ left: percent(bar.limit) }} />
    </div>
  )
}
