import { Icon } from '../parts/icon.tsx'
import type { State } from './ledger-words.ts'
import './state-line.css'

/** How something about money stands: a colour, an icon and a word. */
export function StateLine({ state, more }: { state: State; more?: string | undefined }) {
  return (
    <p class={`state-line tone-${state.tone} small`} data-tone={state.tone}>
      <Icon name={state.icon} size={16} />
      <span class="wrap">{more ? `${state.word} ${more}` : state.word}</span>
    </p>
  )
}
