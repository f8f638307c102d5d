import { useState } from 'preact/hooks'
import type { DeadList, NoticeFate } from '../../../src/http/contract/notice.ts'
import { sendDeadAgain } from '../api/notices.ts'
import { sentenceOf } from '../api/request.ts'
import { fateOf } from '../order/fate.ts'
import { kindOf, recipientOf } from '../order/notice-kinds.ts'
import { Button } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { say } from '../parts/snack.ts'
import { Ago } from '../parts/when.tsx'
import { me, timezone } from '../session/shop.ts'
import { everyMinute } from '../time/shop-clock.ts'
import { CHANNEL_NAMES } from './channel-card.tsx'
import { MOST_LETTERS } from './overview.ts'
import { Redress, WayBack } from './redress.tsx'
import '../order/notice-line.css'

interface DeadLettersProps {
  dead: DeadList
  /** Something cannot leave now. */
  late: boolean
  onOpen: (id: number) => void
  onMore: () => void
  onChanged: () => void
}

/** What never arrived, to be sent again one by one or all together. */
export function DeadLetters({ dead, late, onOpen, onMore, onChanged }: DeadLettersProps) {
  return (
    <section class="section" id="dead">
      <h2>Not delivered{dead.count > 0 && `: ${dead.count.toLocaleString('en')}`}</h2>
      {dead.count > 0 && <p class="small hint">{partsOf(dead)}</p>}
      <div class="card">
        {dead.count === 0 && (
          <p class="line hint">
            <Icon name="check" />
            <span>
              {late ? 'Nothing is lost: what waits goes out once it can.' : 'Nothing was lost.'} What a
              channel refuses for good would be here, to be sent again.
            </span>
          </p>
        )}
        <ul>
          {dead.notices.map((notice) => (
            <Letter key={notice.id} notice={notice} onOpen={onOpen} />
          ))}
        </ul>
      </div>
      {dead.next !== null && dead.notices.length < MOST_LETTERS && (
        <Button onPress={onMore}>Show more</Button>
      )}
      {dead.count > 1 && dead.count > dead.unreachable && me().role !== 'packer' && (
        <ResendAll dead={dead} onChanged={onChanged} />
      )}
    </section>
  )
}

function partsOf({ count, unreachable }: DeadList): string {
  const all = (number: number) => number.toLocaleString('en')
  return `${all(unreachable)} could not be reached, ${all(count - unreachable)} given up`
}

function Letter({ notice, onOpen }: { notice: NoticeFate; onOpen: (id: number) => void }) {
  return (
    <li class="line notice-line notice-dead" data-letter={notice.id}>
      <span class="notice-icon icon-box">
        <Icon name="alert" />
      </span>
      <button type="button" class="line-words notice-open" onClick={() => onOpen(notice.id)}>
        <span class="wrap">
          {notice.number !== null && `#${notice.number} `}
          {kindOf(notice)} → {recipientOf(notice)}
        </span>
        <span class="small notice-fate wrap">
          {CHANNEL_NAMES[notice.channel]}: {fateOf(notice, everyMinute(), timezone()).words}
        </span>
        <WayBack notice={notice} />
        <Ago at={notice.updatedAt} />
      </button>
      <Redress notice={notice} />
    </li>
  )
}

function ResendAll({ dead, onChanged }: { dead: DeadList; onChanged: () => void }) {
  const [busy, setBusy] = useState(false)
  async function press(): Promise<void> {
    const [newest] = dead.notices
    if (!newest) return
    setBusy(true)
    try {
      const { count } = await sendDeadAgain(newest.id)
      say(`${count} on their way again.`)
      onChanged()
    } catch (error) {
      say(sentenceOf(error))
    }
    setBusy(false)
  }
  return (
    <>
      <Button icon="send" busy={busy} onPress={() => void press()}>
        Send all {dead.count.toLocaleString('en')} again, now
      </Button>
      <p class="small hint dead-words">
        Everybody here gets what they missed, however old. Whoever cannot be reached comes back to this list.
      </p>
    </>
  )
}
