import type { Channel } from '../../../src/http/contract/notice.ts'
import type { ChannelProof } from '../../../src/http/contract/notice-overview.ts'
import { CHANNEL_ICONS } from '../order/channel-icons.ts'
import { triedWords } from '../order/fate-reasons.ts'
import { Icon } from '../parts/icon.tsx'
import { timezone } from '../session/shop.ts'
import { clockTime } from '../time/relative-time.ts'
import { everyMinute } from '../time/shop-clock.ts'
import { duration, percent, seconds } from './moments.ts'
import { verdictOn } from './verdict.ts'
import './channel-card.css'

export const CHANNEL_NAMES: Record<Channel, string> = {
  telegram: 'Telegram',
  push: 'Web push',
  mail: 'E-mail',
}

const HOW_TO_SWITCH_ON: Record<Channel, string> = {
  telegram: '',
  push: 'To switch it on, run npm run setup where the shop is installed. Then switch alerts on here, under More.',
  mail: 'To switch it on, set SMTP_URL and MAIL_FROM where the shop is installed.',
}

/** One channel: its numbers now and in the period, against the target. */
export function ChannelCard({ numbers }: { numbers: ChannelProof }) {
  const { channel, configured } = numbers
  const verdict = verdictOn(numbers)
  return (
    <section class="card card-pad channel-card" data-channel={channel} data-verdict={verdict.is}>
      <header class="channel-head">
        <Icon name={CHANNEL_ICONS[channel]} />
        <h2 class="strong channel-name">{CHANNEL_NAMES[channel]}</h2>
        <span class={`verdict verdict-${verdict.is}`}>
          <Icon name={verdict.icon} size={16} />
          {verdict.word}
        </span>
      </header>
      {configured || numbers.sent > 0 ? (
        <Figures numbers={numbers} />
      ) : (
        <p class="small hint">{HOW_TO_SWITCH_ON[channel]}</p>
      )}
    </section>
  )
}

function Figures({ numbers }: { numbers: ChannelProof }) {
  const { rate, target, sent, dead, waiting, unreachable } = numbers
  return (
    <>
      <Failing numbers={numbers} />
      <p class="channel-rate">
        <span class="channel-share">{rate === null ? '–' : percent(rate)}</span>
        <span class="small hint">delivered, target over {percent(target.rate)}</span>
      </p>
      <dl class="channel-counts">
        <Count word="Waiting now" count={waiting} />
        <Count word="Sent" count={sent} />
        <Count word="Given up" count={dead} />
        <Count word="Could not be reached" count={unreachable} />
      </dl>
      <Delays numbers={numbers} />
    </>
  )
}

function Failing({ numbers: { channel, failingSince, failingAnswer } }: { numbers: ChannelProof }) {
  if (failingSince === null) return null
  return (
    <p class="channel-slow wrap">
      Not answering since {clockTime(failingSince, everyMinute(), timezone())}:{' '}
      {triedWords({ outcome: 'retry', answer: failingAnswer ?? '' }, channel)}
    </p>
  )
}

function Count({ word, count }: { word: string; count: number }) {
  return (
    <div class="channel-count">
      <dd class="strong">{count.toLocaleString('en')}</dd>
      <dt class="small hint">{word}</dt>
    </div>
  )
}

function Delays({ numbers: { p50Ms, p95Ms, p99Ms, target, met } }: { numbers: ChannelProof }) {
  if (p50Ms === null || p95Ms === null || p99Ms === null) return null
  const exact = [
    ['Half within (p50)', duration(p50Ms)],
    ['95 of 100 within (p95)', duration(p95Ms)],
    ['99 of 100 within (p99)', duration(p99Ms)],
    ['Target for 95 of 100', `under ${duration(target.p95Ms)}`],
  ]
  return (
    <div class="channel-delays">
      <p class={met.p95 === false ? 'channel-slow' : undefined}>
        usually {seconds(p50Ms)} · slowest 1 in 100: {seconds(p99Ms)}
      </p>
      <details class="channel-details">
        <summary class="small hint">Details</summary>
        <dl>
          {exact.map(([name, time]) => (
            <div class="channel-exact small" key={name}>
              <dt class="hint">{name}</dt>
              <dd>{time}</dd>
            </div>
          ))}
        </dl>
      </details>
    </div>
  )
}
