import type { Stage } from '../api/orders.ts'
import { counters } from '../live/live.ts'
import { Icon } from '../parts/icon.tsx'
import { STAGE_NAMES, STAGES } from './stages.ts'
import './stage-chips.css'

interface StageChipsProps {
  chosen: Stage | undefined
  onChoose: (stage: Stage | undefined) => void
}

/** One chip per stage, with how many orders it holds at this moment. */
export function StageChips({ chosen, onChoose }: StageChipsProps) {
  return (
    <fieldset class="chips" aria-label="Show orders by stage">
      <button type="button" class="chip" aria-pressed={!chosen} onClick={() => onChoose(undefined)}>
        All
      </button>
      {STAGE_NAMES.map((stage) => (
        <button
          key={stage}
          type="button"
          class="chip"
          data-chip={stage}
          aria-pressed={chosen === stage}
          onClick={(event) => {
            onChoose(stage)
            event.currentTarget.scrollIntoView({ inline: 'center', block: 'nearest' })
          }}
        >
          <span class={`chip-icon stage-${stage}`}>
            <Icon name={STAGES[stage].icon} size={16} />
          </span>
          {STAGES[stage].word}
          <span class="chip-count">{counters.value?.[stage] ?? ''}</span>
        </button>
      ))}
    </fieldset>
  )
}
