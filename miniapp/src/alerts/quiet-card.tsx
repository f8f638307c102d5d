import { useId, useState } from 'preact/hooks'
import type { Alerts } from '../../../src/http/contract/alerts.ts'
import { sentenceOf } from '../api/request.ts'
import { Switch } from '../parts/switch.tsx'
import { timezone as shopTimezone } from '../session/shop.ts'
import { changeAlerts } from './alerts.ts'
import { save } from './save.ts'
import { clockOf, minutesOf } from './time-of-day.ts'
import './quiet-card.css'

type Quiet = NonNullable<Alerts['quiet']>

const USUAL_NIGHT: Quiet = { from: 22 * 60, to: 7 * 60 }

/** When to be left in peace, and what may break it. */
export function QuietCard({ alerts }: { alerts: Alerts }) {
  const { quiet, urgentAnyway, topics } = alerts
  const urgent = topics.filter((topic) => topic.critical).map((topic) => topic.label.toLowerCase())
  return (
    <section class="section">
      <h2>Quiet hours</h2>
      <div class="card card-pad quiet-card">
        <Switch
          label="Leave me in peace at night"
          on={quiet !== null}
          onChange={(on) => save({ quiet: on ? USUAL_NIGHT : null })}
        />
        {quiet && (
          <>
            <Hours quiet={quiet} />
            <TimezoneField chosen={alerts.timezone} />
            <p class="small hint">
              Bot messages then come without a sound, push waits until the quiet hours are over.
            </p>
            <Switch
              label="Let urgent news through"
              on={urgentAnyway}
              onChange={(on) => save({ urgentAnyway: on })}
            />
            <p class="small hint">Urgent are: {urgent.join(', ')}.</p>
          </>
        )}
      </div>
    </section>
  )
}

function Hours({ quiet }: { quiet: Quiet }) {
  const [fault, setFault] = useState<string>()

  async function change(next: Partial<Quiet>): Promise<void> {
    setFault(undefined)
    await changeAlerts({ quiet: { ...quiet, ...next } }).catch((error: unknown) =>
      setFault(sentenceOf(error)),
    )
  }

  return (
    <div>
      <div class="quiet-hours">
        <TimeField label="From" minutes={quiet.from} onChange={(from) => void change({ from })} />
        <TimeField label="Until" minutes={quiet.to} onChange={(to) => void change({ to })} />
      </div>
      {fault && (
        <p class="field-error small" role="alert">
          {fault}
        </p>
      )}
    </div>
  )
}

interface TimeFieldProps {
  label: string
  minutes: number
  onChange: (minutes: number) => void
}

function TimeField({ label, minutes, onChange }: TimeFieldProps) {
  const id = useId()
  return (
    <div class="field">
      <label class="small hint" for={id}>
        {label}
      </label>
      <input
        id={id}
        class="input"
        type="time"
        value={clockOf(minutes)}
        onChange={(event) => {
          const next = minutesOf(event.currentTarget.value)
          if (next === undefined) event.currentTarget.value = clockOf(minutes)
          else onChange(next)
        }}
      />
    </div>
  )
}

function TimezoneField({ chosen }: { chosen: string | null }) {
  const id = useId()
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone
  const names = new Set([here, ...(chosen ? [chosen] : []), ...Intl.supportedValuesOf('timeZone')])
  return (
    <div class="field">
      <label class="small hint" for={id}>
        Time zone
      </label>
      <select
        id={id}
        class="input"
        value={chosen ?? ''}
        onChange={(event) => save({ timezone: event.currentTarget.value || null })}
      >
        <option value="">The shop’s ({inWords(shopTimezone())})</option>
        {[...names].sort().map((name) => (
          <option key={name} value={name}>
            {inWords(name)}
            {name === here ? ' · this device' : ''}
          </option>
        ))}
      </select>
    </div>
  )
}

function inWords(timezone: string): string {
  return timezone.replaceAll('_', ' ')
}
