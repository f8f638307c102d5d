import { useState } from 'preact/hooks'
import { timezone } from '../session/shop.ts'
import { agoTime, exactTime, relativeTime } from '../time/relative-time.ts'
import { everyMinute } from '../time/shop-clock.ts'
import './when.css'

/** A moment, relative; a tap shows it exactly. In a sentence it says that it is past: "6 min ago". */
export function When({ at, inSentence = false }: { at: number; inSentence?: boolean }) {
  const [exact, setExact] = useState(false)
  const full = exactTime(at, timezone())
  const relative = inSentence ? agoTime : relativeTime
  return (
    <button type="button" class="when roomy" title={full} onClick={() => setExact(!exact)}>
      <time dateTime={new Date(at).toISOString()}>
        {exact ? full : relative(at, everyMinute(), timezone())}
      </time>
    </button>
  )
}

/** The same where it cannot be pressed by itself, as in a row that is one link. */
export function Ago({ at, inSentence = false }: { at: number; inSentence?: boolean }) {
  const relative = inSentence ? agoTime : relativeTime
  return (
    <time class="small hint" dateTime={new Date(at).toISOString()} title={exactTime(at, timezone())}>
      {relative(at, everyMinute(), timezone())}
    </time>
  )
}
