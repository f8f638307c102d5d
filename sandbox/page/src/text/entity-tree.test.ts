import { expect, test } from 'vitest'
import { entityTree, type Piece } from './entity-tree.ts'

function shape(pieces: Piece[]): unknown[] {
  return pieces.map((piece) =>
    typeof piece === 'string' ? piece : [piece.entity.type, ...shape(piece.pieces)],
  )
}

test('plain text is one piece', () => {
  expect(entityTree('hello')).toEqual(['hello'])
  expect(entityTree('')).toEqual([])
})

test('entities nest, side by side and one in the other', () => {
  const tree = entityTree('Tea, green: 4.20', [
    { type: 'bold', offset: 12, length: 4 },
    { type: 'italic', offset: 5, length: 5 },
    { type: 'bold', offset: 0, length: 10 },
  ])
  expect(shape(tree)).toEqual([['bold', 'Tea, ', ['italic', 'green']], ': ', ['bold', '4.20']])
})

test('two entities over the very same text', () => {
  const tree = entityTree('x', [
    { type: 'underline', offset: 0, length: 1 },
    { type: 'bold', offset: 0, length: 1 },
  ])
  expect(shape(tree)).toEqual([['underline', ['bold', 'x']]])
})

test('offsets count UTF-16 units, and markup in the text stays text', () => {
  const tree = entityTree('🍵 <b>tea</b>', [{ type: 'code', offset: 3, length: 10 }])
  expect(shape(tree)).toEqual(['🍵 ', ['code', '<b>tea</b>']])
})
