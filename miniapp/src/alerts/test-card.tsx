import { useEffect, useState } from 'preact/hooks'
import type { Alerts } from '../../../src/http/contract/alerts.ts'
import type { Channel } from '../../../src/http/contract/notice.ts'
import { askForTest } from '../api/alerts.ts'
import { sentenceOf } from '../api/request.ts'
import { listenLive } from '../live/live.ts'
import { Button } from '../parts/button.tsx'
import { Icon, type IconName } from '../parts/icon.tsx'
import { me } from '../session/shop.ts'
import { loadAlerts } from './alerts.ts'
import { TestResult } from './test-result.tsx'
import type { TestNotice } from './test-stages.ts'
import './test-card.css'

const CHANNELS: { channel: Channel; icon: IconName; name: string }[] = [
  { channel: 'push', icon: 'bell', name: 'Push' },
  { channel: 'telegram', icon: 'send', name: 'Bot message' },
  { channel: 'mail', icon: 'note', name: 'E-mail' },
]

/** "Send me a test", for each channel the shop has. */
export function TestCard({ alerts }: { alerts: Alerts }) {
  const isThere = { push: alerts.push !== null, telegram: true, mail: alerts.mail }
  return (
    <section class="section">
      <h2>Does it reach me?</h2>
      <div class="card">
        {CHANNELS.filter(({ channel }) => isThere[channel]).map((one) => (
          <ChannelTest key={one.channel} {...one} />
        ))}
      </div>
    </section>
  )
}

function ChannelTest({ channel, icon, name }: (typeof CHANNELS)[number]) {
  const { notices, problem, busy, send } = useTest(channel)
  return (
    <div class="test" data-test={channel}>
      <div class="test-head">
        <Icon name={icon} />
        <span class="line-words">{name}</span>
        <Button busy={busy} onPress={() => void send()}>
          Send me a test<span class="unseen"> by {name.toLowerCase()}</span>
        </Button>
      </div>
      {problem && (
        <p class="field-error small test-problem" role="alert">
          {problem}
        </p>
      )}
      {notices.map((notice) => (
        <TestResult key={notice.id} notice={notice} />
      ))}
    </div>
  )
}

/** A test and what becomes of it: over the live line as it happens, then with each try and its answer. */
function useTest(channel: Channel) {
  const [notices, setNotices] = useState<TestNotice[]>([])
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  const name = me().name

  useEffect(
    () =>
      listenLive('notice', ({ notice }) => {
        if (notice.kind !== 'staff_test' || notice.channel !== channel || notice.recipient !== name) return
        setNotices((now) => {
          const isShown = now.some((one) => one.id === notice.id)
          if (isShown) return now.map((one) => (one.id === notice.id ? { ...one, ...notice } : one))
          // Of somebody else by the same name, or of another window, until the answer says which are ours.
          return busy ? [...now, notice] : now
        })
      }),
    [channel, name, busy],
  )

  async function send(): Promise<void> {
    setNotices([])
    setProblem(undefined)
    setBusy(true)
    try {
      const { notices: own } = await askForTest({ channel })
      // A device that can no longer be reached is none any more.
      if (own.some(({ state }) => state === 'dead')) await loadAlerts().catch(() => {})
      setNotices((live) => own.map((one) => newest(one, live)))
    } catch (error) {
      setProblem(sentenceOf(error))
    }
    setBusy(false)
  }

  return { notices, problem, busy, send }
}

/** A push may be shown before the request is answered. */
function newest(answer: TestNotice, live: TestNotice[]): TestNotice {
  const seen = live.find(({ id }) => id === answer.id)
  return seen && seen.updatedAt >= answer.updatedAt ? { ...answer, ...seen, tries: answer.tries } : answer
}
