import type { Stage } from '../api/orders.ts'
import { counters } from '../live/live.ts'
import { filter } from '../orders/order-filter.ts'
import { StageIcon } from '../orders/stage-mark.tsx'
import { STAGES } from '../orders/stages.ts'
import './stage-tiles.css'

const TILES: Stage[] = ['placed', 'accepted', 'packing', 'dispatched', 'unpaid']
const WORDS: Partial<Record<Stage, string>> = { placed: 'New to accept' }

/** How much of everything there is; a tile opens its orders. */
export function StageTiles() {
  const counts = counters.value
  return (
    <div class="tiles">
      {TILES.map((stage) => {
        const count = counts?.[stage]
        return (
          <a
            key={stage}
            class={
              count ? `tile tile-${stage} stage-${stage}` : `tile tile-${stage} tile-none stage-${stage}`
            }
            href="/app/orders"
            data-tile={stage}
            onClick={() => {
              filter.value = { stage, search: '' }
            }}
          >
            <StageIcon stage={stage} />
            <span class="tile-count">{count ?? '–'}</span>
            <span class="tile-word small">{WORDS[stage] ?? STAGES[stage].word}</span>
          </a>
        )
      })}
    </div>
  )
}
