import { describe, expect, it } from 'vitest'
import type { AlertTopic } from '../../../src/http/contract/alerts.ts'
import { assignedNote, chosen, defaultNote, isOn, ownChoices } from './topic-choice.ts'

const OFF = { wanted: null, byDefault: false, whenAssigned: false }
const ON = { ...OFF, byDefault: true }
const MINE = { ...OFF, whenAssigned: true }

function topic(push: AlertTopic['push'], telegram: AlertTopic['telegram'] = OFF): AlertTopic {
  return { topic: 'review_left', label: 'Review left', about: '', critical: false, push, telegram }
}

describe('the choice of a topic', () => {
  it('is the default until somebody moves the switch', () => {
    expect(isOn(topic(ON), 'push')).toBe(true)
    expect(isOn(topic(MINE), 'push')).toBe(false)
    expect(isOn(topic({ ...ON, wanted: false }), 'push')).toBe(false)
    expect(isOn(topic({ ...OFF, wanted: true }), 'push')).toBe(true)
  })

  it.each([
    [ON, false, false],
    [ON, true, null],
    [OFF, true, true],
    [OFF, false, null],
    // Off is more than the default here, which would still tell of one's own orders.
    [MINE, false, false],
    [MINE, true, true],
  ])('of %j moved to %s is kept as %s', (channel, on, wanted) => {
    expect(chosen(topic(channel), 'push', on)).toEqual({ topic: 'review_left', channel: 'push', wanted })
  })

  it('says how it is with assigned orders', () => {
    expect(assignedNote(topic(ON))).toBeUndefined()
    expect(assignedNote(topic(OFF, MINE))).toBe('Orders assigned to you: bot on')
    expect(assignedNote(topic({ ...MINE, wanted: false }))).toBe('Orders assigned to you: push off')
    expect(assignedNote(topic(MINE, MINE))).toBe('Orders assigned to you: push and bot on')
    expect(assignedNote(topic(MINE, { ...MINE, wanted: false }))).toBe(
      'Orders assigned to you: push on, bot off',
    )
    expect(assignedNote(topic({ ...MINE, wanted: true }))).toBeUndefined()
  })

  it('is on where it only ever concerns orders assigned to the person', () => {
    const assigned = { ...topic(MINE, MINE), topic: 'order_assigned' }
    expect(isOn(assigned, 'push')).toBe(true)
    expect(assignedNote(assigned)).toBeUndefined()
    expect(chosen(assigned, 'push', false).wanted).toBe(false)
    expect(chosen({ ...assigned, push: { ...MINE, wanted: false } }, 'push', true).wanted).toBeNull()
  })

  it('names the default where something else was chosen', () => {
    expect(defaultNote(topic(ON))).toBeUndefined()
    expect(defaultNote(topic({ ...ON, wanted: false }, { ...OFF, wanted: true }))).toBe(
      'Default: push on, bot off',
    )
  })

  it('goes back to the defaults by what differs from them', () => {
    const topics = [topic(ON, { ...ON, wanted: false }), topic(OFF)]
    expect(ownChoices(topics)).toEqual([{ topic: 'review_left', channel: 'telegram', wanted: false }])
  })
})
