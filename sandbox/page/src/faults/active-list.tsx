import type { FaultRule } from '../api/shapes.ts'
import { people } from '../world/world.ts'
import './active-list.css'
import { activeFaults, clearFaults, doubled, faultName, rules, updateDelay } from './faults.ts'

/** What is going wrong on purpose just now. */
export function ActiveList() {
  if (activeFaults.value === 0) {
    return <p class="hint small">All is well. Pick a fault to see how the shop lives through it.</p>
  }
  return (
    <section class="active" aria-label="Active faults" aria-live="polite">
      <ul>
        {rules.value.map((rule, index) => (
          <li key={index}>{describe(rule)}</li>
        ))}
        {updateDelay.value > 0 && <li>Everything reaches the shop {updateDelay.value / 1000} s late</li>}
        {doubled.value > 0 && <li>The next {doubled.value} that people do come twice</li>}
      </ul>
      <button type="button" class="button danger" onClick={() => void clearFaults()}>
        Clear all
      </button>
    </section>
  )
}

function describe({ with: kind, count = 1, method, chatId }: FaultRule): string {
  const what = `${count} × ${method ?? 'any call'}`
  const who = people.value.find((person) => person.id === chatId)
  return `${faultName(kind)}: ${what}${chatId === undefined ? '' : ` to ${who?.firstName ?? chatId}`}`
}
