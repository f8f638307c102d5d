import { panelAddress } from '../../src/bot/panel-address.ts'
import { faultOf, type SettingName } from '../../src/config.ts'
import type { Question } from './ask.ts'

type Sentence = Pick<Question, 'text'> & Partial<Omit<Question, 'name' | 'text'>> & { name: SettingName }

/** What a shop needs to know before it can open. */
const SENTENCES: Sentence[] = [
  {
    name: 'BOT_TOKEN',
    text: 'Token of your bot (Telegram: @BotFather, /newbot; not shown here)',
    secret: true,
  },
  { name: 'OWNER_IDS', text: 'Your Telegram id (Telegram: @userinfobot tells it; more with commas)' },
  {
    name: 'PUBLIC_URL',
    text: 'https address of the shop (empty: no panel inside Telegram, no web push)',
    optional: true,
  },
  { name: 'CURRENCY', text: 'Currency of all prices' },
  { name: 'TIMEZONE', text: 'Time zone in which staff read times' },
]

/** The questions about the settings that `isGiven` does not know; `check` is asked about an answer of the right form. */
export function questionsFor(
  isGiven: (name: SettingName) => boolean,
  proposals: Partial<Record<SettingName, string>>,
  check: (name: SettingName, answer: string) => Promise<string | undefined>,
): Question[] {
  return SENTENCES.filter(({ name }) => !isGiven(name)).map((sentence) => ({
    optional: false,
    secret: false,
    proposal: proposals[sentence.name] ?? '',
    refuse: async (answer) =>
      formFault(answer) ??
      placeFault(sentence.name, answer) ??
      faultOf(sentence.name, answer) ??
      (await check(sentence.name, answer)),
    ...sentence,
  }))
}

/** Over plain http the panel opens on this very machine only: whoever types such an address means the other one. */
function placeFault(name: SettingName, answer: string): string | undefined {
  const isOpenable = name !== 'PUBLIC_URL' || panelAddress(answer) !== undefined
  return isOpenable ? undefined : 'must begin with https://: Telegram opens the panel over nothing else'
}

/** What a line of .env could not hold as it is. */
function formFault(answer: string): string | undefined {
  return /[\s#'"`]/.test(answer) ? 'must not hold spaces, quotes or #' : undefined
}
