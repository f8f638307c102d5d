import type { MessageEntity } from '@grammyjs/types'
import { badRequest, type Refusal } from '../refusal.ts'
import { byteOffset } from './text.ts'

export type Kind =
  | 'Bold'
  | 'Italic'
  | 'Underline'
  | 'Strikethrough'
  | 'Spoiler'
  | 'Code'
  | 'Pre'
  | 'PreCode'
  | 'TextUrl'
  | 'CustomEmoji'

export interface OpenEntity {
  kind: Kind
  at: number
  offset: number
  language?: string
}

export interface Quote {
  offset: number
  expandable: boolean
}

/** How far the text was read, and what is open at that place. */
export interface Reading {
  source: string
  at: number
  text: string
  open: OpenEntity[]
  entities: MessageEntity[]
  quote: Quote | undefined
}

export function unended({ source }: Reading, { kind, at }: OpenEntity): Refusal {
  return unparsable(`Can't find end of ${kind} entity at byte offset ${byteOffset(source, at)}`)
}

export function unparsable(reason: string): Refusal {
  return badRequest(`can't parse entities: ${reason}`)
}
