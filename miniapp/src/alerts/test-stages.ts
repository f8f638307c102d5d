import type { Attempt, NoticeFate } from '../../../src/http/contract/notice.ts'

/** What is known of a test's notice; the tries come with the answer to the request. */
export type TestNotice = NoticeFate & {
  createdAt?: number | undefined
  tries?: Attempt[] | undefined
}

export interface TestStage {
  name: string
  is: 'done' | 'now' | 'bad' | 'later'
  /** ms since 1970, for what has happened. */
  at?: number | undefined
  words?: string | undefined
}

/** How long a stage may take before it is worth saying something. */
const SLOW_MS = 10_000

/** How far a test has come: planned, each try that did not succeed, sent; for a push, shown and opened. */
export function stagesOf(notice: TestNotice): TestStage[] {
  const { createdAt, plannedAt, tries = [] } = notice
  const failed = tries.filter((one) => one.outcome !== 'sent')
  return [
    { name: 'Planned', is: 'done', at: createdAt ?? plannedAt },
    ...failed.map((one): TestStage => ({ name: 'Tried', is: 'bad', at: one.at, words: one.answer })),
    sending(notice),
    ...(notice.channel === 'push' ? seen(notice) : []),
  ]
}

function sending(notice: TestNotice): TestStage {
  const { state, sentAt, lastError, updatedAt, tries = [] } = notice
  if (sentAt !== null) {
    return {
      name: 'Sent',
      is: 'done',
      at: sentAt,
      words: tries.findLast((one) => one.outcome === 'sent')?.answer,
    }
  }
  // Not what a try above has said already.
  const words = tries.at(-1)?.answer === lastError ? undefined : (lastError ?? undefined)
  if (state === 'dead' || state === 'dropped') return { name: 'Given up', is: 'bad', at: updatedAt, words }
  return { name: isTriedAgain(notice) ? 'Trying again' : 'Sending', is: 'now', words }
}

function isTriedAgain({ attempts, state }: TestNotice): boolean {
  return attempts > 1 || (attempts === 1 && state === 'waiting')
}

function seen({ state, sentAt, shownAt, openedAt }: TestNotice): TestStage[] {
  if (state === 'dead' || state === 'dropped') return []
  return [
    shownAt === null
      ? { name: 'Shown', is: sentAt === null ? 'later' : 'now' }
      : { name: 'Shown', is: 'done', at: shownAt },
    openedAt === null
      ? { name: 'Opened', is: shownAt === null ? 'later' : 'now' }
      : { name: 'Opened', is: 'done', at: openedAt },
  ]
}

/** How a test stands, in one line. */
export function headlineOf(notice: TestNotice): Pick<TestStage, 'is'> & { words: string } {
  const { channel, state, sentAt, shownAt, openedAt, lastError, tries = [] } = notice
  if (state === 'dead' || state === 'dropped')
    return { is: 'bad', words: lastError ? `not delivered: ${lastError}` : 'not delivered' }
  if (sentAt === null) return { is: 'now', words: isTriedAgain(notice) ? 'trying again' : 'on its way' }
  const took = tries.findLast((one) => one.outcome === 'sent')?.tookMs
  const handed = `handed to ${TAKERS[channel]}${took === undefined ? '' : ` in ${took} ms`}`
  if (channel !== 'push') return { is: 'done', words: handed }
  const seen = openedAt !== null ? 'opened' : shownAt !== null ? 'shown' : 'not yet reported as shown'
  return { is: 'done', words: `${handed}; ${seen}` }
}

const TAKERS = { telegram: 'Telegram', push: 'the push service', mail: 'the mail server' } as const

/** What to do about a test that does not get any further; undefined while there is nothing to do. */
export function adviceFor(notice: TestNotice, now: number): string | undefined {
  const { channel, state, sentAt, shownAt, openedAt, plannedAt } = notice
  if (state === 'dead' || state === 'dropped') return IF_DEAD[channel]
  if (sentAt === null) return now - plannedAt > SLOW_MS ? IF_WAITING[channel] : undefined
  if (channel !== 'push') return IF_SENT[channel]
  if (openedAt !== null) return 'Everything works on this device.'
  if (shownAt !== null) return 'Now tap the notification.'
  return now - sentAt > SLOW_MS ? IF_NOT_SHOWN : undefined
}

const IF_DEAD = {
  telegram: 'Open the chat with the bot, press Start or unblock it, and send the test again.',
  push: 'Open the panel on that device and turn alerts on again.',
  mail: 'Look at the address above; the words of the mail server say what is wrong.',
} as const

const IF_WAITING = {
  telegram: 'Telegram does not answer just now. The shop goes on trying by itself.',
  push: 'The push service does not answer just now. The shop goes on trying by itself.',
  mail: 'The mail server does not answer just now. The shop goes on trying by itself.',
} as const

const IF_SENT = {
  telegram: 'It is in your chat with the bot. No sound? Look whether that chat is muted.',
  mail: 'It is on its way. Nothing comes? Look into the spam folder.',
} as const

const IF_NOT_SHOWN =
  'The push service has it, the device has not shown it yet. Is it on and online, without Do Not Disturb or a Focus? ' +
  'Are notifications of the browser allowed in its settings? On iPhones “shown” may stay open although it came.'
