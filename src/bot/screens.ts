import { findScreen, type ScreenRow, saveScreen } from '../db/chat-state.ts'
import type { Reader, Tx } from '../db/database.ts'

/**
 * Which message is whose screen. New ones are kept in memory until the inbox writes them along with its marks, because
 * a commit for each would halve what the chat can bear. A crash before that leaves a message too many, no more.
 */
export interface Screens {
  find(personId: number): ScreenRow | undefined
  save(screen: ScreenRow): void
  /** Writes what is new since the last time. */
  write(tx: Tx): void
}

export function createScreens(db: Reader): Screens {
  const fresh = new Map<number, ScreenRow>()
  return {
    find: (personId) => fresh.get(personId) ?? findScreen(db, personId),
    save: (screen) => void fresh.set(screen.person_id, screen),
    write(tx) {
      for (const {
        person_id: personId,
        message_id: messageId,
        has_photo: hasPhoto,
        shown_at: now,
      } of fresh.values()) {
        saveScreen(tx, { personId, messageId, hasPhoto, now })
      }
      fresh.clear()
    },
  }
}
