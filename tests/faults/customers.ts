import { setTimeout as pause } from 'node:timers/promises'
import type { PersonDriver } from '../../sandbox/telegram/driver-person.ts'
import type { SeenMessage } from '../../sandbox/telegram/view.ts'
import type { Random } from './random.ts'

/** What a customer does in which situation: the first that fits is done. */
const BUTTONS = [
  /Place order/,
  /^Cash or card on delivery/,
  /^No note/,
  /^Local delivery/,
  /^Check out/,
  /Cart · /,
  /^Add 1/,
  /^(Mug|Tea|Soap) · /,
  /^Everything else/,
  /Shop$/,
]
const WORDS: [RegExp, string][] = [
  [/Where to\?/, 'Rua Nova 1, Lisbon'],
  [/phone number/, '+351 912 345 678'],
]
const PATIENCE_MS = 3_000

/** What a customer pressed and read, to be compared with the shop's file. */
export interface Customer {
  person: PersonDriver
  /** The checkout keys of all "Place order" buttons pressed. */
  confirmed: Set<string>
}

/** Orders again and again until told to stop. Whatever goes wrong, the customer looks at the screen and goes on. */
export async function keepOrdering(
  customer: Customer,
  random: Random,
  stopped: () => boolean,
): Promise<void> {
  while (!stopped()) {
    const { person } = customer
    await person.send('/start')
    await newsFrom(person)
    for (let moves = 0; moves < 40 && !stopped(); moves++) {
      const before = customer.confirmed.size
      await move(customer, random)
      await pause(random.between(10, 60))
      if (customer.confirmed.size > before) break
    }
    await pause(random.between(100, 500))
  }
}

async function move(customer: Customer, random: Random): Promise<void> {
  const { person } = customer
  const screens = person.messages().filter((message) => message.from === 'bot')
  for (const screen of screens.reverse()) {
    const words = WORDS.find(([question]) => question.test(screen.text ?? ''))
    if (words) {
      await person.send(words[1])
      return newsFrom(person)
    }
    const button = choose(screen, random)
    if (button) return press(customer, screen, button)
  }
}

function choose(screen: SeenMessage, random: Random) {
  const buttons = (screen.keyboard ?? []).flat().filter((button) => button.kind === 'callback_data')
  for (const label of BUTTONS) {
    const fitting = buttons.filter((button) => label.test(button.text))
    if (fitting.length > 0) return random.pick(fitting)
  }
  return undefined
}

async function press(
  { person, confirmed }: Customer,
  screen: SeenMessage,
  button: { value?: string },
): Promise<void> {
  const { value = '' } = button
  if (value.startsWith('ok:')) confirmed.add(value.split(':')[1] ?? '')
  // A shop that was killed answers late or never: the customer shrugs.
  await person.pressData(value, screen.id, { timeout: PATIENCE_MS }).catch(() => undefined)
}

async function newsFrom(person: PersonDriver): Promise<void> {
  await person.sees(/./, { since: person.mark(), timeout: PATIENCE_MS }).catch(() => undefined)
}
