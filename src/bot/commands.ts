import type { Api } from 'grammy'
import type { Texts } from '../lib/texts.ts'

const COMMANDS = ['start', 'shop', 'cart', 'orders', 'paysupport', 'email', 'cancel', 'help'] as const

export interface Offer {
  texts: Texts
  /** Whether the shop sends mails. */
  mail: boolean
}

type Command = Parameters<Api['setMyCommands']>[0][number]
type Where = NonNullable<Parameters<Api['setMyCommands']>[1]>

/** Has Telegram offer the shop's commands beside the input line. Returns whether anything had to be changed. */
export async function offerCommands(api: Api, offer: Offer): Promise<boolean> {
  let changed = false
  for (const [commands, where] of listsOf(offer)) {
    if (areSame(await api.getMyCommands(where), commands)) continue
    await api.setMyCommands(commands, where)
    changed = true
  }
  return changed
}

/** What is offered to whom. */
function listsOf({ texts, mail }: Offer): [Command[], Where][] {
  const commands = COMMANDS.filter((command) => command !== 'email' || mail)
  const describe = (language: string) =>
    commands.map((command) => ({ command, description: texts.say(language, `command-${command}`) }))
  const alerts = { command: 'alerts', description: texts.say('en', 'command-alerts') }
  const others = texts.languages.filter((language) => language !== 'en' && language.length === 2)
  return [
    [describe('en'), {}],
    [[alerts], { scope: { type: 'all_group_chats' } }],
    ...others.map((language): [Command[], Where] => [
      describe(language),
      { language_code: language as 'en' },
    ]),
  ]
}

/** Telegram may say more of a command than it was told. */
function areSame(now: Command[], wanted: Command[]): boolean {
  return (
    now.length === wanted.length &&
    wanted.every(
      ({ command, description }, at) => now[at]?.command === command && now[at]?.description === description,
    )
  )
}
