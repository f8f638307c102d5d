import type { MessageEntity } from '@grammyjs/types'
import type { Params } from '../params.ts'
import { badRequest } from '../refusal.ts'
import { detectEntities } from './detect.ts'
import { parseHtml } from './html.ts'
import { parseMarkdownV2 } from './markdown.ts'
import { type FormattedText, trimmed } from './text.ts'

export const maxText = 4096
export const maxCaption = 1024

const givenTypes = new Set([
  ...['bold', 'italic', 'underline', 'strikethrough', 'spoiler', 'blockquote', 'expandable_blockquote'],
  ...['code', 'pre', 'text_link', 'text_mention', 'custom_emoji'],
])

/** The text of a message: parsed, trimmed, with what Telegram detects by itself, and not too long. */
export function readText(params: Params, name = 'text'): FormattedText {
  const source = params.text(name) ?? ''
  if (source === '') throw badRequest('message text is empty')
  const formatted = readFormatted(source, params, 'entities')
  if (formatted.text === '') throw badRequest('text must be non-empty')
  if (formatted.text.length > maxText) throw badRequest('message is too long')
  return formatted
}

/** A caption; an absent or empty one is fine. */
export function readCaption(params: Params): FormattedText {
  const source = params.text('caption') ?? ''
  const formatted = readFormatted(source, params, 'caption_entities')
  if (formatted.text.length > maxCaption) throw badRequest('message caption is too long')
  return formatted
}

function readFormatted(source: string, params: Params, entitiesName: string): FormattedText {
  const parsed = parse(source, params.text('parse_mode')?.toLowerCase() ?? '', params.json(entitiesName))
  const found = detectEntities(parsed.text, parsed.entities)
  return trimmed({ text: parsed.text, entities: [...parsed.entities, ...found] })
}

function parse(source: string, mode: string, given: unknown): FormattedText {
  if (mode === 'html') return parseHtml(source)
  if (mode === 'markdownv2') return parseMarkdownV2(source)
  if (mode !== '' && mode !== 'none') throw badRequest('unsupported parse_mode')
  if (!Array.isArray(given)) return { text: source, entities: [] }
  return { text: source, entities: given.flatMap((entity) => readEntity(entity)) }
}

function readEntity(value: unknown): MessageEntity[] {
  const entity = value as Partial<MessageEntity> | null
  if (typeof entity?.offset !== 'number' || typeof entity.length !== 'number') {
    throw badRequest('can\'t parse MessageEntity: Field "offset" must be of type Number')
  }
  // Kinds that Telegram detects by itself are ignored when a bot names them.
  return givenTypes.has(String(entity.type)) ? [entity as MessageEntity] : []
}
