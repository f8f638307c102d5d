import { addPerson, findPersonByTelegramId, type PersonRow, setPersonSeen } from '../../db/people.ts'
import type { Reach } from '../../db/schema.ts'
import { shorten } from '../../lib/shorten.ts'
import type { Work } from '../work.ts'
import { changeReach } from './change-reach.ts'

export interface TelegramUser {
  id: number
  first_name: string
  last_name?: string | undefined
  username?: string | undefined
  language_code?: string | undefined
}

const SEEN_EVERY_MS = 60_000
const MAX_NAME = 64

/** Whether the stored row no longer says what Telegram tells us of the person. */
export function isOutdated(person: PersonRow | undefined, user: TelegramUser, now: number): boolean {
  if (person?.reach !== 'ok') return true
  const { name, username, language } = describe(user)
  const changed = person.name !== name || person.username !== username || person.language !== language
  return changed || now - person.seen_at > SEEN_EVERY_MS
}

/** Adds or updates the person who just wrote to the bot, who can therefore be reached. */
export function greetPerson(work: Work, user: TelegramUser, reach: Reach = 'ok'): PersonRow {
  const known = findPersonByTelegramId(work.tx, user.id)
  const described = describe(user)
  if (!known) addPerson(work.tx, { telegramId: user.id, ...described, reach, now: work.now })
  else {
    setPersonSeen(work.tx, { id: known.id, ...described, now: work.now })
    if (reach !== 'unknown') changeReach(work, known, reach)
  }
  const person = findPersonByTelegramId(work.tx, user.id)
  if (!person) throw new Error(`person ${user.id} vanished inside its own transaction`)
  return person
}

function describe(user: TelegramUser): { name: string; username: string | null; language: string } {
  const name = [user.first_name, user.last_name].filter(Boolean).join(' ')
  return {
    name: shorten(name, MAX_NAME) || 'Somebody',
    username: user.username ?? null,
    language: user.language_code ?? 'en',
  }
}
