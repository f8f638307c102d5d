import { useEffect, useState } from 'preact/hooks'
import type { ShownBackups } from '../../../src/http/contract/backups.ts'
import { backUpNow, fetchBackups } from '../api/backups.ts'
import { sentenceOf } from '../api/request.ts'
import { StateLine } from '../money/state-line.tsx'
import { sentence } from '../order/fate-reasons.ts'
import { Button } from '../parts/button.tsx'
import { bytes } from '../parts/bytes.ts'
import { Icon } from '../parts/icon.tsx'
import { Broken } from '../parts/notice.tsx'
import { RowSkeletons } from '../parts/skeleton.tsx'
import { say } from '../parts/snack.ts'
import { When } from '../parts/when.tsx'
import { timezone } from '../session/shop.ts'
import { haptic } from '../telegram/telegram.ts'
import { exactTime } from '../time/relative-time.ts'
import { aboutBackup, adviceOf, planWords, verdictOf } from './backup-words.ts'
import './backups-card.css'

const LOOK_AGAIN_MS = 1_500
const FIRST_SHOWN = 6

/** The shop's backups: whether they work, where they lie, and a button that makes one. For owners. */
export function BackupsCard() {
  const [shown, setShown] = useState<ShownBackups>()
  const [problem, setProblem] = useState<string>()

  async function load(ask = fetchBackups): Promise<void> {
    try {
      setShown(await ask())
      setProblem(undefined)
    } catch (error) {
      if (!shown) setProblem(sentenceOf(error))
      else say(sentenceOf(error))
    }
  }
  useEffect(() => void load(), [])
  // Making one takes a while, and says itself when it has ended.
  useEffect(() => {
    if (shown?.since == null) return
    const timer = setTimeout(() => void load(), LOOK_AGAIN_MS)
    return () => clearTimeout(timer)
  }, [shown])

  if (problem) return <Broken message={problem} onRetry={() => void load()} />
  if (!shown) return <RowSkeletons count={3} />
  return (
    <section class="section" data-backups={shown.backups.length}>
      <h2>Copies of the shop</h2>
      <div class="card">
        <Verdict shown={shown} onAsk={() => load(backUpNow)} />
        <List backups={shown.backups} />
      </div>
    </section>
  )
}

function Verdict({ shown, onAsk }: { shown: ShownBackups; onAsk: () => Promise<void> }) {
  const { since, failure, bucket } = shown
  const [asking, setAsking] = useState(false)
  const [newest] = shown.backups
  const trouble = failure?.words ?? bucket?.trouble
  const advice = adviceOf(shown)

  async function ask(): Promise<void> {
    setAsking(true)
    haptic('success')
    await onAsk()
    setAsking(false)
  }

  return (
    <div class="backups-verdict">
      <div class="line">
        <Icon name="box" />
        <div class="line-words">
          <StateLine state={verdictOf(shown)} />
          {newest && (
            <p class="small hint">
              The newest was made <When at={newest.at} inSentence />
            </p>
          )}
        </div>
        <Button busy={asking || since !== null} onPress={() => void ask()}>
          Back up now
        </Button>
      </div>
      <div class="backups-words small">
        {trouble && (
          <p class="backups-trouble wrap" role="alert">
            {sentence(trouble)}.
          </p>
        )}
        <p class="hint">{planWords(shown)}</p>
        {advice && <p class="hint">{advice}</p>}
      </div>
    </div>
  )
}

function List({ backups }: Pick<ShownBackups, 'backups'>) {
  const [all, setAll] = useState(false)
  const listed = all ? backups : backups.slice(0, FIRST_SHOWN)
  return (
    <>
      <ul>
        {listed.map((backup) => (
          <li class="line backup" key={backup.name} data-backup={backup.name}>
            <div class="line-words">
              <p>{exactTime(backup.at, timezone())}</p>
              <p class="small hint">{aboutBackup(backup)}</p>
            </div>
            <div class="small backup-end">
              <p class="backup-checked">
                <Icon name="check" size={16} />
                Checked
              </p>
              <p class="hint">{bytes(backup.size)}</p>
            </div>
          </li>
        ))}
      </ul>
      {listed.length < backups.length && (
        <div class="backups-more">
          <Button onPress={() => setAll(true)}>All {backups.length} backups</Button>
        </div>
      )}
    </>
  )
}
