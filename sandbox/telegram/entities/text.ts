import type { MessageEntity } from '@grammyjs/types'

/** Text and its formatting; offsets and lengths count UTF-16 units, as everywhere in the Bot API. */
export interface FormattedText {
  text: string
  entities: MessageEntity[]
}

/** Telegram counts the place of a mistake in UTF-8 bytes. */
export function byteOffset(text: string, index: number): number {
  return Buffer.byteLength(text.slice(0, index))
}

export function codePoint(code: number): string | undefined {
  return code > 0 && code < 0x110000 ? String.fromCodePoint(code) : undefined
}

/** Cuts white space from both ends, as Telegram does, and moves the entities with the text. */
export function trimmed({ text, entities }: FormattedText): FormattedText {
  const start = text.length - text.trimStart().length
  const cut = text.trim()
  const moved = entities.flatMap((entity) => {
    const from = Math.max(entity.offset - start, 0)
    const to = Math.min(entity.offset + entity.length - start, cut.length)
    return to > from ? [{ ...entity, offset: from, length: to - from }] : []
  })
  return { text: cut, entities: moved.sort((a, b) => a.offset - b.offset || b.length - a.length) }
}
