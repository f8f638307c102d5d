import { describe, expect, it } from 'vitest'
import { type Told, WHO_IS_TOLD } from '../../../tests/who-is-told.ts'
import type { Role } from '../../db/schema.ts'
import { type Member, type News, routeToStaff } from './route.ts'
import { TOPIC_NAMES, type Topic, topicOf } from './topics.ts'

const NOW = Date.UTC(2026, 0, 5, 9)
const ROLES: Role[] = ['owner', 'manager', 'packer']
const QUIET = { from: 8 * 60, to: 10 * 60, timezone: 'UTC' }
const QUIET_ENDS = Date.UTC(2026, 0, 5, 10)

function member(more: Partial<Member> = {}): Member {
  const nobody = { personId: 7, role: 'owner' as const, choices: new Map(), quiet: null, urgentAnyway: false }
  return { ...nobody, devices: [70], ...more }
}

function news(topic: string, more: Partial<News> = {}): News {
  return { topic: topic as Topic, by: null, assignedTo: null, at: NOW, ...more }
}

/** Who is told, as "recipient", in the order of the routes. */
function told(one: News, members: Member[], groups: number[] = []): string[] {
  return routeToStaff(one, { members, groups }).map((route) => route.recipient)
}

function expected(cell: Told): string[] {
  return [...(cell.includes('B') ? ['telegram:7'] : []), ...(cell.includes('P') ? ['device:70'] : [])]
}

const CASES = WHO_IS_TOLD.flatMap((row) =>
  ROLES.flatMap((role) => [
    { topic: row.topic, role, whose: 'another’s', cell: row.others[role], assignedTo: 8 },
    { topic: row.topic, role, whose: 'nobody’s', cell: row.others[role], assignedTo: null },
    { topic: row.topic, role, whose: 'their own', cell: row.assigned[role], assignedTo: 7 },
  ]),
)

describe('the table of who is told', () => {
  it('has every topic and every event once', () => {
    expect(WHO_IS_TOLD.map((row) => row.topic).sort()).toEqual([...TOPIC_NAMES].sort())
    for (const row of WHO_IS_TOLD) for (const event of row.events) expect(topicOf(event)).toBe(row.topic)
    expect(topicOf('snoozed')).toBeUndefined()
  })

  it.each(CASES)('$topic, $role, $whose order: $cell', ({ topic, role, cell, assignedTo }) => {
    expect(told(news(topic, { assignedTo }), [member({ role })])).toEqual(expected(cell))
  })

  it.each(CASES)('$topic, $role, $whose order: an own choice beats the default on either channel', (one) => {
    const hasBot = one.cell.includes('B')
    const hasPush = one.cell.includes('P')
    const choose = (channel: string, wanted: boolean) =>
      member({ role: one.role, choices: new Map([[`${one.topic}:${channel}`, wanted]]) })
    const about = news(one.topic, { assignedTo: one.assignedTo })
    const bot = hasBot ? ['telegram:7'] : []
    const push = hasPush ? ['device:70'] : []
    expect(told(about, [choose('telegram', !hasBot)])).toEqual([...(hasBot ? [] : ['telegram:7']), ...push])
    expect(told(about, [choose('push', !hasPush)])).toEqual([...bot, ...(hasPush ? [] : ['device:70'])])
    // A choice for another topic is none for this one.
    const other = new Map([[`other:telegram`, !hasBot]])
    expect(told(about, [member({ role: one.role, choices: other })])).toEqual(expected(one.cell))
  })

  it.each(WHO_IS_TOLD)('$topic: whoever did it is not told, groups only where the table says', (row) => {
    const everything = new Map([
      [`${row.topic}:telegram`, true],
      [`${row.topic}:push`, true],
    ])
    for (const role of ROLES) {
      const people = [member({ role, choices: everything })]
      expect(told(news(row.topic, { by: 7, assignedTo: 7 }), people)).toEqual([])
      expect(told(news(row.topic, { by: 7 }), people, [4, 5])).toEqual(
        row.groups ? ['group:4', 'group:5'] : [],
      )
    }
    expect(told(news(row.topic), [])).toEqual([])
  })
})

describe('how far news reaches', () => {
  const off = new Map([
    ['new_order:telegram', false],
    ['new_order:push', false],
    ['order_cancelled:telegram', false],
    ['order_cancelled:push', false],
  ])
  const people = ROLES.map((role, i) => member({ personId: i + 1, role, choices: off, devices: [i + 10] }))

  it('to nobody who chose not to hear', () => {
    expect(told(news('new_order'), people)).toEqual([])
  })

  it('to all staff whose role gets it, whatever they chose, but to no owner who switched it off', () => {
    expect(told(news('new_order', { reach: 'role' }), people)).toEqual([
      'telegram:2',
      'device:11',
      'telegram:3',
      'device:12',
    ])
    expect(told(news('order_cancelled', { reach: 'role' }), people)).toEqual([
      'telegram:2',
      'device:11',
      'telegram:3',
    ])
    const listening = people.map((one) => ({ ...one, choices: new Map() }))
    expect(told(news('new_order', { reach: 'role' }), listening)).toContain('telegram:1')
  })

  it('to everybody in the end', () => {
    expect(told(news('new_order', { reach: 'owner' }), people)).toEqual([
      'telegram:1',
      'device:10',
      'telegram:2',
      'device:11',
      'telegram:3',
      'device:12',
    ])
  })

  it('to the owners on every channel, even where their role gets nothing', () => {
    expect(told(news('order_accepted', { reach: 'role' }), people)).toEqual([])
    expect(told(news('order_accepted', { reach: 'owner' }), people)).toEqual(['telegram:1', 'device:10'])
  })

  it('and keeps to what somebody chose beyond their role', () => {
    const wants = member({ role: 'packer', choices: new Map([['order_cancelled:push', true]]) })
    expect(told(news('order_cancelled', { reach: 'role' }), [wants])).toEqual(['telegram:7', 'device:70'])
  })
})

describe('devices', () => {
  it('are told each', () => {
    expect(told(news('new_order'), [member({ devices: [3, 1, 2] })])).toEqual([
      'telegram:7',
      'device:3',
      'device:1',
      'device:2',
    ])
  })

  it('are not needed: who has none gets the chat alone', () => {
    expect(told(news('new_order'), [member({ devices: [] })])).toEqual(['telegram:7'])
    expect(told(news('payment_received'), [member({ role: 'packer', devices: [] })])).toEqual([])
  })
})

describe('quiet hours', () => {
  const channels = new Map(
    WHO_IS_TOLD.flatMap((row) => [`${row.topic}:telegram`, `${row.topic}:push`].map((key) => [key, true])),
  )

  it.each(WHO_IS_TOLD)('$topic: the chat is silent, a push waits; critical=$critical may pass', (row) => {
    const go = (urgentAnyway: boolean) => {
      const one = member({ quiet: QUIET, urgentAnyway, choices: channels as Map<string, boolean> })
      return routeToStaff(news(row.topic), { members: [one], groups: [] }).map(
        ({ channel, dueAt, silent }) => `${channel} ${dueAt - NOW} ${silent ? 'silent' : 'loud'}`,
      )
    }
    const held = ['telegram 0 silent', `push ${QUIET_ENDS - NOW} loud`]
    expect(go(false)).toEqual(held)
    expect(go(true)).toEqual(row.critical ? ['telegram 0 loud', 'push 0 loud'] : held)
  })

  it('that are over by the time the news may leave hold nothing', () => {
    const at = QUIET_ENDS
    const routes = routeToStaff(news('new_order', { at }), {
      members: [member({ quiet: QUIET })],
      groups: [3],
    })
    expect(routes.map(({ dueAt, silent }) => [dueAt, silent])).toEqual([
      [at, false],
      [at, false],
      [at, false],
    ])
  })

  it('of one person are not those of a group', () => {
    const [group] = routeToStaff(news('new_order', { by: 7 }), {
      members: [member({ quiet: QUIET })],
      groups: [3],
    })
    expect(group).toMatchObject({
      recipient: 'group:3',
      groupId: 3,
      personId: null,
      dueAt: NOW,
      silent: false,
    })
  })
})
