import type { Attempt, Channel, NoticeDetail } from '../../../src/http/contract/notice.ts'
import { CHANNEL_WORDS, FATE_ICONS, fateOf } from '../order/fate.ts'
import { sentence, triedWords } from '../order/fate-reasons.ts'
import { Icon, type IconName } from '../parts/icon.tsx'
import { timezone } from '../session/shop.ts'
import { everySecond } from '../time/shop-clock.ts'
import { duration, preciseTime } from './moments.ts'
import '../order/notice-line.css'

const TRIES: Record<Attempt['outcome'], { icon: IconName; is: string }> = {
  sent: { icon: 'check', is: 'told' },
  wait: { icon: 'clock', is: 'waiting' },
  retry: { icon: 'alert', is: 'waiting' },
  final: { icon: 'blocked', is: 'dead' },
}

/** When it was planned, due, tried, sent and seen, and why it was given up. */
export function NoticeProof({ notice }: { notice: NoticeDetail }) {
  const now = everySecond()
  const fate = fateOf(notice, now, timezone())
  return (
    <>
      <p class={`proof-fate notice-${fate.is}`} data-proof={fate.is}>
        <Icon name={FATE_ICONS[fate.is]} />
        <span class="strong wrap">{fate.words}</span>
      </p>
      <dl class="proof-times">
        {timesOf(notice).map(([word, at]) => (
          <div class="proof-time" key={word}>
            <dt class="hint">{word}</dt>
            <dd>{preciseTime(at, now, timezone())}</dd>
          </div>
        ))}
        <div class="proof-time">
          <dt class="hint">Channel</dt>
          <dd class="proof-channel">{CHANNEL_WORDS[notice.channel]}</dd>
        </div>
      </dl>
      <Tries notice={notice} now={now} />
    </>
  )
}

function timesOf(notice: NoticeDetail): [string, number][] {
  const waits = notice.state === 'waiting' && notice.dueAt > notice.plannedAt
  const ended = notice.state === 'dead' || notice.state === 'dropped' || notice.state === 'undone'
  const times: [string, number | null][] = [
    ['Happened', notice.createdAt],
    ['Planned for', notice.plannedAt],
    ['Due again', waits ? notice.dueAt : null],
    ['Sent', notice.sentAt],
    ['Shown', notice.shownAt],
    ['Opened', notice.openedAt],
    [notice.state === 'dead' ? 'Not delivered' : 'Ended', ended ? notice.updatedAt : null],
  ]
  return times.flatMap(([word, at]) => (at === null ? [] : [[word, at]]))
}

function Tries({ notice: { tries, channel }, now }: { notice: NoticeDetail; now: number }) {
  if (tries.length === 0) return <p class="small hint">Not tried yet.</p>
  return (
    <section class="proof-tries">
      <h2>{tries.length === 1 ? 'One try' : `${tries.length} tries`}</h2>
      <ol>
        {tries.map((one, i) => (
          <Try key={i} tried={one} channel={channel} now={now} />
        ))}
      </ol>
    </section>
  )
}

function Try({ tried, channel, now }: { tried: Attempt; channel: Channel; now: number }) {
  const { at, tookMs, outcome, answer } = tried
  const words = sentence(triedWords(tried, channel))
  return (
    <li class={`proof-try notice-${TRIES[outcome].is}`}>
      <Icon name={TRIES[outcome].icon} size={16} />
      <div class="line-words">
        <p class="pair">
          <span>{words}</span>
          <span class="small hint">
            {preciseTime(at, now, timezone())}, {duration(tookMs)}
          </span>
        </p>
        {/* The channel's own words stay in sight: they are the proof. */}
        {answer !== words && <p class="small hint wrap">{answer}</p>}
      </div>
    </li>
  )
}
