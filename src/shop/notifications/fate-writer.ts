import type { NoticeRow } from '../../db/notices.ts'
import { noticeEnded } from '../../db/outbox.ts'
import type { Log } from '../../lib/log.ts'
import { ShopError } from '../../lib/shop-error.ts'
import type { Shop, Work } from '../work.ts'

const WRITE_AGAIN_MS = 1_000

export interface FateWriter {
  /** Resolves once the change is written, or can never be. */
  write(notice: NoticeRow, change: (work: Work) => void): Promise<void>
}

interface Fate {
  notice: NoticeRow
  change(work: Work): void
  done(): void
}

interface WriterParts {
  shop: Shop
  log: Log
  /** Once stopped, what cannot be written is left: the next start sends it again. */
  isRunning(): boolean
}

/**
 * Writes down what channels answered. That is known only here, so it is kept until it can be written. Answers that come at
 * the same time share one transaction; one that cannot be written does not spoil the others.
 */
export function createFateWriter({ shop, log, isRunning }: WriterParts): FateWriter {
  let waiting: Fate[] = []

  function write(notice: NoticeRow, change: (work: Work) => void): Promise<void> {
    return new Promise((done) => {
      if (waiting.length === 0) setImmediate(flush)
      waiting.push({ notice, change, done })
    })
  }

  function flush(): void {
    const fates = waiting
    waiting = []
    commit(fates)
  }

  function commit(fates: Fate[]): void {
    try {
      shop.write((work) => {
        for (const { change } of fates) change(work)
      })
    } catch (err) {
      retry(fates, err)
      return
    }
    for (const { done } of fates) done()
  }

  function retry(fates: Fate[], err: unknown): void {
    const isBusy = err instanceof ShopError && err.code === 'busy'
    if (!isBusy && fates.length > 1) {
      for (const fate of fates) commit([fate])
      return
    }
    log.error(
      { err, notices: fates.map(({ notice }) => notice.id) },
      'the fate of notices could not be written',
    )
    if (isBusy && isRunning()) {
      shop.clock.after(WRITE_AGAIN_MS, () => commit(fates))
      return
    }
    for (const { notice, done } of fates) {
      if (!isBusy) bury(notice, err)
      done()
    }
  }

  /** What can never be written must not hold up the recipient's other notices. */
  function bury(notice: NoticeRow, reason: unknown): void {
    try {
      shop.db.write((tx) =>
        noticeEnded(tx, { id: notice.id, state: 'dead', error: String(reason), now: shop.clock.now() }),
      )
    } catch (err) {
      log.error({ err, notice: notice.id }, 'a notice could not be given up')
    }
  }

  return { write }
}
