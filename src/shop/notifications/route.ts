import type { Role } from '../../db/schema.ts'
import { type QuietHours, quietUntil } from './quiet-hours.ts'
import { TOPICS, type Topic, wants } from './topics.ts'

/** A member of staff as far as it matters for telling them something. */
export interface Member {
  personId: number
  role: Role
  /** What they chose against the default, by `topic:channel`. */
  choices: ReadonlyMap<string, boolean>
  quiet: QuietHours | null
  /** Critical news may break their quiet hours. */
  urgentAnyway: boolean
  devices: readonly number[]
}

export interface Audience {
  members: readonly Member[]
  groups: readonly number[]
}

/** How far news must reach: to those who want it, to all staff whose role gets it, or to owners who switched it off, too. */
export type Reach = 'told' | 'role' | 'owner'

export interface News {
  topic: Topic
  /** The member of staff who did it, and need not be told. */
  by: number | null
  assignedTo: number | null
  /** When it may leave, ms since 1970. */
  at: number
  reach?: Reach
}

/** One recipient of news: a person's chat, one of their devices, or a group. */
export interface Route {
  channel: 'telegram' | 'push'
  recipient: string
  personId: number | null
  deviceId: number | null
  groupId: number | null
  dueAt: number
  silent: boolean
}

/**
 * Decides who of the staff is told of something, where, and when. In quiet hours a chat message comes at once without a
 * sound, a push when they end.
 */
export function routeToStaff(news: News, audience: Audience): Route[] {
  const people = audience.members.filter((member) => member.personId !== news.by)
  const routes = people.flatMap((member) => routeToMember(news, member))
  return TOPICS[news.topic].groups
    ? [...routes, ...audience.groups.map((id) => routeToGroup(news, id))]
    : routes
}

function routeToMember(news: News, member: Member): Route[] {
  const loud = TOPICS[news.topic].critical && member.urgentAnyway
  const quietEnd = loud ? undefined : quietUntil(member.quiet, news.at)
  const { personId } = member
  const routes: Route[] = []
  if (isTold(news, member, 'telegram')) {
    const silent = quietEnd !== undefined
    const recipient = telegramOf(personId)
    routes.push({
      channel: 'telegram',
      recipient,
      personId,
      deviceId: null,
      groupId: null,
      dueAt: news.at,
      silent,
    })
  }
  if (isTold(news, member, 'push')) {
    const dueAt = quietEnd ?? news.at
    for (const deviceId of member.devices) {
      const recipient = deviceOf(deviceId)
      routes.push({ channel: 'push', recipient, personId, deviceId, groupId: null, dueAt, silent: false })
    }
  }
  return routes
}

function routeToGroup(news: News, groupId: number): Route {
  const recipient = groupOf(groupId)
  return {
    channel: 'telegram',
    recipient,
    personId: null,
    deviceId: null,
    groupId,
    dueAt: news.at,
    silent: false,
  }
}

function isTold(news: News, member: Member, channel: 'telegram' | 'push'): boolean {
  const { roles, assignee } = TOPICS[news.topic]
  const reach = news.reach ?? 'told'
  const byRole = wants(roles[member.role], channel)
  const isOwner = member.role === 'owner'
  if ((reach === 'role' && byRole && !isOwner) || (reach === 'owner' && (byRole || isOwner))) return true
  const byDefault = byRole || (member.personId === news.assignedTo && wants(assignee, channel))
  return member.choices.get(`${news.topic}:${channel}`) ?? byDefault
}

export function telegramOf(personId: number): string {
  return `telegram:${personId}`
}

export function mailOf(personId: number): string {
  return `mail:${personId}`
}

export function deviceOf(deviceId: number): string {
  return `device:${deviceId}`
}

export function groupOf(groupId: number): string {
  return `group:${groupId}`
}
