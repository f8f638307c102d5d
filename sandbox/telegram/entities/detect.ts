import type { MessageEntity } from '@grammyjs/types'

type Detected = 'bot_command' | 'mention' | 'hashtag' | 'email' | 'url'

const patterns: [Detected, RegExp][] = [
  [
    'url',
    /(?<![\w@.])(?:https?:\/\/[^\s<>"']+|(?:[a-z0-9-]+\.)+(?:com|org|net|dev|io|app|shop|me|example)\b(?:\/[^\s<>"']*)?)/gi,
  ],
  ['email', /(?<![\w.])[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g],
  ['bot_command', /(?<![\w/])\/\w{1,64}(?:@\w{3,32})?(?![\w/])/g],
  ['mention', /(?<![\w@])@\w{4,32}(?!\w)/g],
  ['hashtag', /(?<![\w#])#[\p{L}_][\p{L}\p{N}_]{0,255}/gu],
]

/** What Telegram marks by itself: commands, mentions, links and the like, outside code and other links. */
export function detectEntities(text: string, given: readonly MessageEntity[] = []): MessageEntity[] {
  if (!/[/@#.]/.test(text)) return []
  const taken = given.filter((entity) => ['code', 'pre', 'text_link', 'text_mention'].includes(entity.type))
  const found: MessageEntity[] = []
  for (const [type, pattern] of patterns) {
    for (const match of text.matchAll(pattern)) {
      const span = { offset: match.index, length: match[0].replace(/[.,!?;:)]+$/, '').length }
      if (![...taken, ...found].some((entity) => overlaps(entity, span))) found.push({ type, ...span })
    }
  }
  return found
}

function overlaps(a: { offset: number; length: number }, b: { offset: number; length: number }): boolean {
  return a.offset < b.offset + b.length && b.offset < a.offset + a.length
}
