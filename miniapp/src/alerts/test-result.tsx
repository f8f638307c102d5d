import { Icon, type IconName } from '../parts/icon.tsx'
import { timezone } from '../session/shop.ts'
import { everySecond } from '../time/shop-clock.ts'
import { adviceFor, headlineOf, stagesOf, type TestNotice, type TestStage } from './test-stages.ts'

const ICONS: Record<TestStage['is'], IconName> = { done: 'check', now: 'clock', bad: 'alert', later: 'clock' }

/** One notice of a test in a line; a tap shows it stage by stage. */
export function TestResult({ notice }: { notice: TestNotice }) {
  const advice = adviceFor(notice, everySecond())
  const { is, words } = headlineOf(notice)
  const isTrouble = notice.sentAt === null && advice !== undefined
  return (
    <details class="test-result" open={is === 'bad'}>
      <summary class={`small test-${is}`}>
        <Icon name={ICONS[is]} size={16} />
        <span class="wrap" role="status">
          {notice.device && <b>{notice.device}: </b>}
          {words}
        </span>
        <Icon name="next" size={16} />
      </summary>
      <ol>
        {stagesOf(notice).map((stage, i) => (
          <li
            key={`${stage.name} ${i}`}
            class={`small test-${stage.is}`}
            data-stage={stage.name}
            data-is={stage.is}
          >
            <Icon name={ICONS[stage.is]} size={16} />
            <span>{stage.name}</span>
            <span class="hint wrap">{stage.words}</span>
            <span class="hint">{stage.at !== undefined && clockOf(stage.at)}</span>
          </li>
        ))}
      </ol>
      {advice && <p class={isTrouble ? 'small test-advice' : 'small hint'}>{advice}</p>}
    </details>
  )
}

function clockOf(at: number): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone: timezone(), timeStyle: 'medium' }).format(at)
}
