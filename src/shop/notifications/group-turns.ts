import type { Reader } from '../../db/database.ts'
import type { NoticeRow } from '../../db/notices.ts'
import { listDueRedraws, listDueTogether } from '../../db/outbox.ts'
import type { Batch } from './channel.ts'

/** How much news a group may get in one message. */
const MOST_MERGED = 20
/** Of so many messages to a group it is known when they were drawn again; others count from when they were sent. */
const MOST_REMEMBERED = 100

export interface GroupTurns {
  /** What the group to which `notice` is due gets next. */
  next(notice: NoticeRow, now: number): Batch
  /** Tells that this has had its turn, also if it failed: a message that cannot be drawn must not keep the others from theirs. */
  hadTurn(batch: Batch, now: number): void
}

interface Turn {
  wasNews: boolean
  /** By message. */
  redrawnAt: Map<number, number>
}

/**
 * Whose turn it is in each group. While there is room each piece of news has a message of its own; what could not be told
 * at once is told together, and takes turns with messages to be drawn again: first where much has changed for long.
 */
export function createGroupTurns(db: Reader): GroupTurns {
  const turns = new Map<string, Turn>()
  const turnOf = (recipient: string): Turn => turns.get(recipient) ?? { wasNews: false, redrawnAt: new Map() }

  function next({ recipient }: NoticeRow, now: number): Batch {
    const due = (messageId: number | null) =>
      listDueTogether(db, { recipient, messageId, now, limit: MOST_MERGED })
    const news = due(null)
    const isHeldBack = news.some((one) => one.due_at > one.planned_at)
    // What fills a message waits for no turn.
    const mayWait = isHeldBack && turnOf(recipient).wasNews && news.length < MOST_MERGED
    const redraw = mayWait || news.length === 0 ? nextRedraw(recipient, now) : undefined
    if (redraw !== undefined) return batchOf(due(redraw))
    // Also what came a moment ago, and was not tried yet: alone it would overtake all the others.
    return batchOf(isHeldBack ? news : news.slice(0, 1))
  }

  function nextRedraw(recipient: string, now: number): number | undefined {
    const { redrawnAt } = turnOf(recipient)
    const messages = listDueRedraws(db, { recipient, now }).map(({ messageId, sentAt, changed }) => ({
      messageId,
      need: changed * (now - (redrawnAt.get(messageId) ?? sentAt)),
    }))
    return messages.sort((a, b) => b.need - a.need)[0]?.messageId
  }

  function hadTurn([{ recipient, message_id: messageId }]: Batch, now: number): void {
    const { redrawnAt } = turnOf(recipient)
    turns.set(recipient, { wasNews: messageId === null, redrawnAt })
    if (messageId === null) return
    redrawnAt.delete(messageId)
    redrawnAt.set(messageId, now)
    const [oldest] = redrawnAt.keys()
    if (redrawnAt.size > MOST_REMEMBERED && oldest !== undefined) redrawnAt.delete(oldest)
  }

  return { next, hadTurn }
}

/** In the order in which it happened; something is due. */
function batchOf(notices: NoticeRow[]): Batch {
  return notices.toSorted((a, b) => a.id - b.id) as unknown as Batch
}
