import { useState } from 'preact/hooks'
import type { OrderDetail } from '../../../src/http/contract/order.ts'
import { sentenceOf } from '../api/request.ts'
import { snoozeOrder } from '../api/staff.ts'
import { Button } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { Sheet } from '../parts/sheet.tsx'
import { timezone } from '../session/shop.ts'
import { Choice } from '../staff/choice.tsx'
import { haptic } from '../telegram/telegram.ts'
import { clockTime } from '../time/relative-time.ts'
import { everySecond } from '../time/shop-clock.ts'
import { showOrder } from './open-order.ts'
import './snooze-banner.css'

const MINUTE = 60_000
const CHOICES: { value: number; word: string }[] = [
  { value: 5, word: '5 minutes' },
  { value: 15, word: '15 minutes' },
  { value: 30, word: '30 minutes' },
  { value: 60, word: 'An hour' },
  { value: 180, word: '3 hours' },
]

type Escalation = NonNullable<OrderDetail['escalation']>

/** How long an order has been waiting for somebody to accept it, and when staff are reminded next. */
export function SnoozeBanner({ order }: { order: OrderDetail }) {
  const [open, setOpen] = useState(false)
  const { escalation } = order
  if (!escalation) return null
  return (
    <section class="snooze-banner" aria-label="Waiting to be accepted">
      <Icon name="clock" />
      <div class="line-words">
        <p class="strong">{waitedWords(escalation)}</p>
        <p class="small">{nextWords(escalation)}</p>
      </div>
      <Button onPress={() => setOpen(true)}>Later</Button>
      {open && <SnoozeSheet order={order} onClose={() => setOpen(false)} />}
    </section>
  )
}

function waitedWords({ waitingSince }: Escalation): string {
  const minutes = Math.floor((everySecond() - waitingSince) / MINUTE)
  if (minutes < 1) return 'Just came in'
  return minutes < 120 ? `Waiting ${minutes} min` : `Waiting ${Math.floor(minutes / 60)} h`
}

function nextWords({ nextAt, snoozedUntil, snoozedBy }: Escalation): string {
  const now = everySecond()
  if (nextAt <= now) return 'Staff are being reminded'
  if (snoozedUntil)
    return `${snoozedBy ?? 'Somebody'} put this off until ${clockTime(nextAt, now, timezone())} for everybody`
  const left = nextAt - now
  return left < MINUTE
    ? `Next reminder in ${Math.ceil(left / 1000)} s`
    : `Next reminder in ${Math.ceil(left / MINUTE)} min`
}

function SnoozeSheet({ order, onClose }: { order: OrderDetail; onClose: () => void }) {
  const [busy, setBusy] = useState<number>()
  const [problem, setProblem] = useState<string>()

  async function choose(minutes: number): Promise<void> {
    setBusy(minutes)
    setProblem(undefined)
    try {
      showOrder(await snoozeOrder(order.number, minutes))
      haptic('success')
      onClose()
    } catch (error) {
      haptic('error')
      setProblem(sentenceOf(error))
      setBusy(undefined)
    }
  }

  return (
    <Sheet title={`Remind all of #${order.number} again in`} onClose={onClose}>
      <Choice
        label="Remind all again in"
        options={CHOICES}
        chosen={busy}
        disabled={busy !== undefined}
        onChoose={(minutes) => void choose(minutes)}
      />
      {problem && (
        <p class="field-error small" role="alert">
          {problem}
        </p>
      )}
      <p class="small hint">This holds for everybody. Accepting the order ends all reminders.</p>
    </Sheet>
  )
}
