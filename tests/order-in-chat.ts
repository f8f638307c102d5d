import type { PersonDriver } from '../sandbox/telegram/driver-person.ts'

/** Walks from the shop's front door to a placed order of one mug, paid on delivery; returns its number. */
export async function orderInChat(customer: PersonDriver): Promise<number> {
  await customer.send('/start')
  for (const button of ['Shop', 'Everything else', 'Mug', /^Add 1/, /^🛒 Cart/, /^Check out/]) {
    await customer.press(button)
  }
  await customer.press(/^Local delivery/)
  await customer.send('Rua Nova 1, Lisbon')
  await customer.sees(/phone/i)
  await customer.send('+351 912 345 678')
  await customer.press('No note')
  await customer.press(/Place order/)
  const card = await customer.sees(/Order #(\d+)\n1 × Mug/)
  return Number(/#(\d+)/.exec(card.text ?? '')?.[1])
}
