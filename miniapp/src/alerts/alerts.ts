import { signal } from '@preact/signals'
import type { Alerts, AlertsBody } from '../../../src/http/contract/alerts.ts'
import { fetchAlerts, saveAlerts } from '../api/alerts.ts'

/** How the signed-in person is told of things; undefined until loaded. */
export const alerts = signal<Alerts | undefined>(undefined)

/** Throws a Refusal. */
export async function loadAlerts(): Promise<Alerts> {
  alerts.value = await fetchAlerts()
  return alerts.value
}

let saving: Promise<unknown> = Promise.resolve()
let waiting = 0

/** Saves a change, after those before it; the screen shows it at once, and the truth again when it is refused. Throws a Refusal. */
export async function changeAlerts(body: AlertsBody): Promise<void> {
  if (alerts.value) alerts.value = withChange(alerts.value, body)
  waiting += 1
  const answer = saving.then(() => saveAlerts(body))
  saving = answer.catch(() => {})
  try {
    const saved = await answer
    // What was changed meanwhile is not in this answer yet.
    if (waiting === 1) alerts.value = saved
  } catch (error) {
    await loadAlerts().catch(() => {})
    throw error
  } finally {
    waiting -= 1
  }
}

function withChange(before: Alerts, { choices = [], ...rest }: AlertsBody): Alerts {
  const topics = before.topics.map((topic) => {
    const next = { ...topic }
    for (const { topic: name, channel, wanted } of choices) {
      if (name === topic.topic) next[channel] = { ...next[channel], wanted }
    }
    return next
  })
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined))
  return { ...before, ...given, topics }
}
