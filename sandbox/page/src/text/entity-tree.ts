import type { MessageEntity } from '@grammyjs/types'

/** A piece of formatted text: plain, or an entity around further pieces. */
export type Piece = string | { entity: MessageEntity; text: string; pieces: Piece[] }

/** Nests entities as they lie in the text. Offsets are UTF-16 units, as in the Bot API and in JavaScript. */
export function entityTree(text: string, entities: readonly MessageEntity[] = []): Piece[] {
  const sorted = entities
    .filter((entity) => entity.length > 0)
    .toSorted((a, b) => a.offset - b.offset || b.length - a.length)
  return piecesOf(text, sorted, 0, text.length)
}

function piecesOf(text: string, entities: readonly MessageEntity[], from: number, to: number): Piece[] {
  const pieces: Piece[] = []
  let at = from
  let rest = entities
  while (rest[0]) {
    const [entity, ...others] = rest
    const end = Math.min(entity.offset + entity.length, to)
    if (entity.offset > at) pieces.push(text.slice(at, entity.offset))
    const inside = others.filter((other) => other.offset < end)
    const inner = text.slice(entity.offset, end)
    pieces.push({ entity, text: inner, pieces: piecesOf(text, inside, entity.offset, end) })
    at = end
    rest = others.slice(inside.length)
  }
  if (at < to) pieces.push(text.slice(at, to))
  return pieces
}
