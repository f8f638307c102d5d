import { describe, expect, it } from 'vitest'
import { adviceFor, headlineOf, stagesOf, type TestNotice } from './test-stages.ts'

const NOW = Date.UTC(2026, 10, 22, 12)
const PLANNED: TestNotice = {
  id: 1,
  eventId: 1,
  number: null,
  handover: null,
  kind: 'staff_test',
  recipient: 'Olga',
  device: 'Chrome on Android',
  to: 'staff',
  channel: 'push',
  state: 'waiting',
  attempts: 0,
  plannedAt: NOW,
  dueAt: NOW,
  sentAt: null,
  shownAt: null,
  openedAt: null,
  updatedAt: NOW,
  lastError: null,
  unreachable: false,
  toldBy: null,
}
const SENT: TestNotice = { ...PLANNED, state: 'sent', attempts: 1, sentAt: NOW + 80 }

const words = (notice: TestNotice) => stagesOf(notice).map((stage) => `${stage.name} ${stage.is}`)

describe('the stages of a test', () => {
  it('go from planned to opened', () => {
    expect(words(PLANNED)).toEqual(['Planned done', 'Sending now', 'Shown later', 'Opened later'])
    expect(words(SENT)).toEqual(['Planned done', 'Sent done', 'Shown now', 'Opened later'])
    expect(words({ ...SENT, shownAt: NOW + 200 }).slice(2)).toEqual(['Shown done', 'Opened now'])
    expect(words({ ...SENT, shownAt: NOW + 200, openedAt: NOW + 900 }).slice(2)).toEqual([
      'Shown done',
      'Opened done',
    ])
  })

  it('end with sent where nobody reports more', () => {
    expect(words({ ...SENT, channel: 'mail' })).toEqual(['Planned done', 'Sent done'])
  })

  it('say what each try was answered', () => {
    const tries = [
      { at: NOW, tookMs: 8000, outcome: 'retry' as const, answer: 'no answer within 8 s' },
      { at: NOW + 9000, tookMs: 80, outcome: 'sent' as const, answer: '201 in 80 ms' },
    ]
    expect(stagesOf({ ...SENT, tries }).slice(1, 3)).toEqual([
      { name: 'Tried', is: 'bad', at: NOW, words: 'no answer within 8 s' },
      { name: 'Sent', is: 'done', at: NOW + 80, words: '201 in 80 ms' },
    ])
    const waiting: TestNotice = { ...PLANNED, attempts: 1, lastError: 'no answer within 8 s' }
    expect(stagesOf(waiting)[1]).toEqual({ name: 'Trying again', is: 'now', words: 'no answer within 8 s' })
    const dead: TestNotice = { ...PLANNED, state: 'dead', attempts: 1, lastError: '410 gone' }
    expect(stagesOf(dead)).toHaveLength(2)
    expect(stagesOf(dead)[1]).toEqual({ name: 'Given up', is: 'bad', at: NOW, words: '410 gone' })
  })
})

describe('the line of a test', () => {
  const tries = [{ at: NOW, tookMs: 9, outcome: 'sent' as const, answer: '201 in 9 ms' }]

  it.each<[Partial<TestNotice>, string, string]>([
    [{}, 'done', 'handed to the push service in 9 ms; not yet reported as shown'],
    [{ tries: undefined }, 'done', 'handed to the push service; not yet reported as shown'],
    [{ shownAt: NOW }, 'done', 'handed to the push service in 9 ms; shown'],
    [{ shownAt: NOW, openedAt: NOW }, 'done', 'handed to the push service in 9 ms; opened'],
    [{ channel: 'mail' }, 'done', 'handed to the mail server in 9 ms'],
    [{ state: 'sending', sentAt: null, attempts: 1 }, 'now', 'on its way'],
    [{ state: 'waiting', sentAt: null, attempts: 2 }, 'now', 'trying again'],
    [{ state: 'dead', sentAt: null, lastError: '410 gone' }, 'bad', 'not delivered: 410 gone'],
  ])('of %j is %s: %s', (given, is, words) => {
    expect(headlineOf({ ...SENT, tries, ...given })).toEqual({ is, words })
  })
})

describe('the advice', () => {
  it('comes when a stage takes long, and not before', () => {
    expect(adviceFor(PLANNED, NOW + 1000)).toBeUndefined()
    expect(adviceFor(PLANNED, NOW + 11_000)).toMatch(/push service does not answer/)
    expect(adviceFor(SENT, NOW + 1000)).toBeUndefined()
    expect(adviceFor(SENT, NOW + 11_000)).toMatch(/Do Not Disturb/)
    expect(adviceFor({ ...SENT, shownAt: NOW + 200 }, NOW + 1000)).toMatch(/tap/)
    expect(adviceFor({ ...SENT, shownAt: NOW, openedAt: NOW }, NOW)).toMatch(/Everything works/)
  })

  it('is each channel’s own', () => {
    expect(adviceFor({ ...PLANNED, channel: 'telegram', state: 'dead' }, NOW)).toMatch(/Start/)
    expect(adviceFor({ ...PLANNED, state: 'dead' }, NOW)).toMatch(/turn alerts on again/)
    expect(adviceFor({ ...SENT, channel: 'mail' }, NOW)).toMatch(/spam/)
  })
})
