import type { Failure } from '../../../src/http/contract/notice-overview.ts'
import { sentence, triedWords } from '../order/fate-reasons.ts'
import { kindOf, recipientOf } from '../order/notice-kinds.ts'
import { Icon, type IconName } from '../parts/icon.tsx'
import { Ago } from '../parts/when.tsx'
import '../order/notice-line.css'

const NOW: Record<Failure['state'], { words: string; icon: IconName; is: string }> = {
  sent: { words: 'Arrived since', icon: 'check', is: 'told' },
  waiting: { words: 'Trying again', icon: 'clock', is: 'retrying' },
  sending: { words: 'Trying again', icon: 'clock', is: 'retrying' },
  dead: { words: 'Not delivered', icon: 'alert', is: 'dead' },
  undone: { words: 'Taken back', icon: 'undo', is: 'undone' },
  dropped: { words: 'Not needed any more', icon: 'close', is: 'dropped' },
}

/** The newest tries that went wrong, why, and how it went on. */
export function Failures({ failures, onOpen }: { failures: Failure[]; onOpen: (id: number) => void }) {
  return (
    <section class="section">
      <h2>Last failed tries</h2>
      <div class="card">
        {failures.length === 0 && (
          <p class="card-pad hint">No try has failed. When one does, its reason is here.</p>
        )}
        <ul>
          {failures.map((failure) => (
            <FailureLine key={failure.id} failure={failure} onOpen={onOpen} />
          ))}
        </ul>
      </div>
    </section>
  )
}

function FailureLine({ failure, onOpen }: { failure: Failure; onOpen: (id: number) => void }) {
  const { words, icon, is } = NOW[failure.state]
  return (
    <li class={`line notice-line notice-${is}`} data-failure={failure.noticeId}>
      <span class="notice-icon icon-box">
        <Icon name={icon} />
      </span>
      <button type="button" class="line-words notice-open" onClick={() => onOpen(failure.noticeId)}>
        <span class="wrap">
          {failure.number !== null && `#${failure.number} `}
          {kindOf(failure)} → {recipientOf(failure)}
        </span>
        <span class="small hint wrap">{sentence(triedWords(failure, failure.channel))}</span>
        <span class="small notice-fate">{words}</span>
      </button>
      <Ago at={failure.at} />
    </li>
  )
}
