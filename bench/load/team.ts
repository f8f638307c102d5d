import type { Role } from '../../src/db/schema.ts'
import type { Topic } from '../../src/shop/notifications/topics.ts'

export interface Member {
  telegramId: number
  name: string
  role: Role
  /** Browsers that get web push. */
  devices: number
}

export const OLGA: Member = { telegramId: 701, name: 'Olga', role: 'owner', devices: 2 }
/** Assigns orders, looks at receipts, answers customers. */
export const MAREK: Member = { telegramId: 702, name: 'Marek', role: 'manager', devices: 1 }
/** Work the orders assigned to them in the chat, and all others in the panel. */
export const PACKERS: Member[] = [
  { telegramId: 703, name: 'Pia', role: 'packer', devices: 1 },
  { telegramId: 704, name: 'Tom', role: 'packer', devices: 1 },
  { telegramId: 705, name: 'Tess', role: 'packer', devices: 1 },
]
export const TEAM: Member[] = [OLGA, MAREK, ...PACKERS]

export const GROUP = {
  id: -1_001_000_000_700,
  title: 'Orders',
  members: TEAM.map(({ telegramId }) => telegramId),
}

/**
 * Fifty orders a minute are more than one chat bears (Telegram takes about one message a second in it): the team is told
 * of these by push and in its group, which gets them together, and everybody's own chat is kept for what is theirs.
 */
export const NOT_IN_OWN_CHAT: Topic[] = ['new_order', 'payment_received', 'payment_proof', 'customer_wrote']
