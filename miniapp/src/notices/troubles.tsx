import type { ChannelProof, Trouble } from '../../../src/http/contract/notice-overview.ts'
import { sentence, triedWords } from '../order/fate-reasons.ts'
import { Icon } from '../parts/icon.tsx'
import { When } from '../parts/when.tsx'
import { timezone } from '../session/shop.ts'
import { clockTime } from '../time/relative-time.ts'
import { everyMinute } from '../time/shop-clock.ts'
import { CHANNEL_NAMES } from './channel-card.tsx'
import './troubles.css'

/** What only the shop's own settings can mend, in front of everything else. */
export function Troubles({ troubles }: { troubles: Trouble[] }) {
  const lasting = troubles.filter((trouble) => !trouble.isOver)
  return lasting.map((trouble) => (
    <section class="trouble" role="alert" key={trouble.id}>
      <Icon name="alert" />
      <div class="line-words">
        <p class="strong">{CHANNEL_NAMES[trouble.channel]} needs you</p>
        <p class="wrap">{trouble.reason}</p>
      </div>
      <When at={trouble.at} />
    </section>
  ))
}

/** Channels that answer nobody now. What only waits for a setting is told as a trouble already. */
export function Outages({ channels, troubles }: { channels: ChannelProof[]; troubles: Trouble[] }) {
  const told = new Set(troubles.filter(({ isOver }) => !isOver).map(({ channel }) => channel))
  return channels.map(({ channel, failingSince, failingAnswer, waiting }) => {
    if (failingSince === null || told.has(channel)) return null
    return (
      <section class="trouble" role="alert" key={channel} data-outage={channel}>
        <Icon name="alert" />
        <div class="line-words">
          <p class="strong">
            {CHANNEL_NAMES[channel]} is not answering since{' '}
            {clockTime(failingSince, everyMinute(), timezone())}
          </p>
          <p class="wrap">
            {sentence(triedWords({ outcome: 'retry', answer: failingAnswer ?? '' }, channel))}.{' '}
            {waiting > 0 && `${waiting.toLocaleString('en')} waiting. `}Every message is tried again until it
            arrives.
          </p>
        </div>
      </section>
    )
  })
}
