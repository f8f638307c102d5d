import type { AlertsBody, AlertTopic } from '../../../src/http/contract/alerts.ts'

export type ChosenChannel = 'telegram' | 'push'
type Choice = NonNullable<AlertsBody['choices']>[number]

const CHANNELS: ChosenChannel[] = ['push', 'telegram']

/** It is news only to the person who got the order, so that "when assigned" is always. */
const ALWAYS_OWN = 'order_assigned'

/** Whether the switch of this topic and channel stands on. */
export function isOn(topic: AlertTopic, channel: ChosenChannel): boolean {
  return topic[channel].wanted ?? isOnByDefault(topic, channel)
}

function isOnByDefault(topic: AlertTopic, channel: ChosenChannel): boolean {
  const { byDefault, whenAssigned } = topic[channel]
  return byDefault || (whenAssigned && topic.topic === ALWAYS_OWN)
}

/** What to save when the switch is moved. Where it comes back to what the default does in full, that is left to it. */
export function chosen(topic: AlertTopic, channel: ChosenChannel, on: boolean): Choice {
  const byDefault = isOnByDefault(topic, channel)
  const isDefault = on ? byDefault : !byDefault && !topic[channel].whenAssigned
  return { topic: topic.topic, channel, wanted: isDefault ? null : on }
}

/** Every choice that differs from the defaults. */
export function ownChoices(topics: AlertTopic[]): Choice[] {
  return topics.flatMap((topic) =>
    CHANNELS.filter((channel) => topic[channel].wanted !== null).map((channel) => ({
      topic: topic.topic,
      channel,
      wanted: topic[channel].wanted,
    })),
  )
}

const WORDS: Record<ChosenChannel, string> = { push: 'push', telegram: 'bot' }

/** What the switches alone do not say: how it is with orders assigned to the person. */
export function assignedNote(topic: AlertTopic): string | undefined {
  if (topic.topic === ALWAYS_OWN) return undefined
  const added = CHANNELS.filter((channel) => topic[channel].whenAssigned)
  const on = added.filter((channel) => topic[channel].wanted === null && !topic[channel].byDefault)
  const off = added.filter((channel) => topic[channel].wanted === false)
  const parts = [on.length > 0 && `${listed(on)} on`, off.length > 0 && `${listed(off)} off`].filter(Boolean)
  return parts.length > 0 ? `Orders assigned to you: ${parts.join(', ')}` : undefined
}

/** What the default is where something else was chosen. */
export function defaultNote(topic: AlertTopic): string | undefined {
  const parts = CHANNELS.filter((channel) => topic[channel].wanted !== null).map(
    (channel) => `${WORDS[channel]} ${isOnByDefault(topic, channel) ? 'on' : 'off'}`,
  )
  return parts.length > 0 ? `Default: ${parts.join(', ')}` : undefined
}

function listed(channels: ChosenChannel[]): string {
  return channels.map((channel) => WORDS[channel]).join(' and ')
}
