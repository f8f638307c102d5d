import {
  findStaffWish,
  listChoices,
  removeChoice,
  type StaffWishRow,
  saveChoice,
  saveStaffWish,
} from '../../db/audience.ts'
import type { Reader } from '../../db/database.ts'
import { findPerson, setPersonEmail } from '../../db/people.ts'
import type { Flag } from '../../db/schema.ts'
import { ShopError } from '../../lib/shop-error.ts'
import { checkedEmail } from '../customers/set-email.ts'
import { TOPIC_NAMES, TOPICS, type Topic, wants } from '../notifications/topics.ts'
import { recordEvent } from '../record-event.ts'
import type { Actor, Work } from '../work.ts'

const CHANNELS = ['telegram', 'push'] as const
type ChosenChannel = (typeof CHANNELS)[number]

/** How a member of staff is told of one topic on one channel. */
export interface ChannelWish {
  /** Null leaves it to the default. */
  wanted: boolean | null
  byDefault: boolean
  /** Whether the default adds it for orders assigned to them. */
  whenAssigned: boolean
}

export interface AlertWishes {
  topics: ({ topic: Topic; critical: boolean } & Record<ChosenChannel, ChannelWish>)[]
  /** Minutes since midnight in their time zone. */
  quiet: { from: number; to: number } | null
  /** Null is the shop's. */
  timezone: string | null
  urgentAnyway: boolean
  dailySummary: boolean
  email: string | null
}

/** What is left out stays as it is. */
export interface ChangedWishes {
  choices?: { topic: string; channel: ChosenChannel; wanted: boolean | null }[] | undefined
  quiet?: AlertWishes['quiet'] | undefined
  timezone?: string | null | undefined
  urgentAnyway?: boolean | undefined
  dailySummary?: boolean | undefined
  email?: string | null | undefined
}

/** How a member of staff wants to be told of things. Throws a ShopError not_found for anybody else. */
export function readAlertWishes(db: Reader, personId: number): AlertWishes {
  const row = requireWish(db, personId)
  const choices = new Map(
    listChoices(db, personId).map((one) => [`${one.topic}:${one.channel}`, one.wanted === 1]),
  )
  const wishOf = (topic: Topic, channel: ChosenChannel): ChannelWish => ({
    wanted: choices.get(`${topic}:${channel}`) ?? null,
    byDefault: wants(TOPICS[topic].roles[row.role], channel),
    whenAssigned: wants(TOPICS[topic].assignee, channel),
  })
  return {
    topics: TOPIC_NAMES.map((topic) => ({
      topic,
      critical: TOPICS[topic].critical,
      telegram: wishOf(topic, 'telegram'),
      push: wishOf(topic, 'push'),
    })),
    quiet:
      row.quiet_from === null || row.quiet_to === null ? null : { from: row.quiet_from, to: row.quiet_to },
    timezone: row.timezone,
    urgentAnyway: row.urgent_anyway === 1,
    dailySummary: row.daily_summary === 1,
    email: findPerson(db, personId)?.email ?? null,
  }
}

/** Saves what changed of it. Throws a ShopError that says what cannot be so. */
export function saveAlertWishes(work: Work, actor: Actor & { id: number }, changed: ChangedWishes): void {
  const row = requireWish(work.tx, actor.id)
  for (const choice of changed.choices ?? []) saveOneChoice(work, actor.id, choice)
  saveStaffWish(work.tx, { personId: actor.id, ...mergedRow(row, changed) })
  if (changed.email !== undefined) {
    setPersonEmail(work.tx, actor.id, changed.email === null ? null : checkedEmail(changed.email.trim()))
  }
  // Without details: neither anybody's address nor when they sleep belongs into the shop's history.
  recordEvent(work, { type: 'alerts_changed', orderId: null, actor })
}

function requireWish(db: Reader, personId: number): StaffWishRow {
  const row = findStaffWish(db, personId)
  if (!row) throw new ShopError('not_found', 'There is no such member of staff.')
  return row
}

function saveOneChoice(
  work: Work,
  personId: number,
  choice: NonNullable<ChangedWishes['choices']>[number],
): void {
  const { topic, channel, wanted } = choice
  if (!Object.hasOwn(TOPICS, topic))
    throw new ShopError('invalid', 'There is no such alert.', { field: 'choices' })
  if (wanted === null) removeChoice(work.tx, { personId, topic, channel })
  else saveChoice(work.tx, { personId, topic, channel, wanted: flag(wanted) })
}

function mergedRow(row: StaffWishRow, changed: ChangedWishes) {
  const { quiet, timezone, urgentAnyway, dailySummary } = changed
  if (quiet && quiet.from === quiet.to) {
    throw refusal(
      'quiet',
      'Quiet hours must end at another time than they begin. To end them, switch them off.',
    )
  }
  if (timezone && !isTimezone(timezone))
    throw refusal('timezone', 'This time zone is not known, choose another.')
  if (dailySummary && row.role !== 'owner')
    throw new ShopError('forbidden', 'The daily summary is for owners.')
  return {
    timezone: timezone === undefined ? row.timezone : timezone || null,
    quietFrom: quiet === undefined ? row.quiet_from : (quiet?.from ?? null),
    quietTo: quiet === undefined ? row.quiet_to : (quiet?.to ?? null),
    urgentAnyway: urgentAnyway === undefined ? row.urgent_anyway : flag(urgentAnyway),
    dailySummary: dailySummary === undefined ? row.daily_summary : flag(dailySummary),
  }
}

function isTimezone(name: string): boolean {
  try {
    return /^[A-Z]/i.test(name) && Boolean(new Intl.DateTimeFormat('en', { timeZone: name }))
  } catch {
    return false
  }
}

function flag(on: boolean): Flag {
  return on ? 1 : 0
}

function refusal(field: string, sentence: string): ShopError {
  return new ShopError('invalid', sentence, { field })
}
