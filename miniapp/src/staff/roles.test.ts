import { expect, test } from 'vitest'
import { initialsOf } from './roles.ts'

test('a name is known by its first letters, whatever it is made of', () => {
  expect(['Olga', 'olga petrova', 'Ana Maria de Souza', '  Zoë ', '🦊 Fox', ''].map(initialsOf)).toEqual([
    'O',
    'OP',
    'AS',
    'Z',
    '🦊F',
    '',
  ])
})
