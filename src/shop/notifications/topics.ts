import type { Role } from '../../db/schema.ts'

/** On which channels somebody is told. */
export type Want = 'both' | 'bot' | 'push' | 'none'

export type Topic =
  | 'new_order'
  | 'payment_received'
  | 'payment_failed'
  | 'payment_proof'
  | 'money_matter'
  | 'order_accepted'
  | 'order_packed'
  | 'order_dispatched'
  | 'order_delivered'
  | 'order_cancelled'
  | 'order_assigned'
  | 'refund_asked'
  | 'customer_wrote'
  | 'review_left'
  | 'stock_low'
  | 'notice_gave_up'
  | 'backup_failed'
  | 'books_differ'
  | 'shop_trouble'
  | 'staff_joined'

export interface TopicRule {
  /** The events that staff hear of under this topic. */
  events: readonly string[]
  /** What each role gets, unless the person chose otherwise. */
  roles: Record<Role, Want>
  /** What the person gets to whom the order is assigned, whatever their role. */
  assignee: Want
  /** Whether groups are told. */
  groups: boolean
  /** Whether it may be let through quiet hours. */
  critical: boolean
}

function rule(
  events: string[],
  [owner, manager, packer, assignee]: [Want, Want, Want, Want],
  more: { groups?: boolean; critical?: boolean } = {},
): TopicRule {
  return {
    events,
    roles: { owner, manager, packer },
    assignee,
    groups: more.groups ?? false,
    critical: more.critical ?? false,
  }
}

const LOUD = { groups: true, critical: true }
const TOLD = { groups: true }

/**
 * Which event tells whom. The four columns are owner, manager, packer, and the person the order is assigned to.
 * Whoever did a thing is not told of it; the order's card in the chat is drawn again for everybody at each change.
 */
export const TOPICS: Record<Topic, TopicRule> = {
  //                                     owner    manager  packer   assignee
  new_order: /*       */ rule(['placed', 'reopened'], ['both', 'both', 'both', 'none'], LOUD),
  payment_received: /**/ rule(
    ['paid', 'part_paid', 'payment_on_delivery', 'rest_waived'],
    ['both', 'both', 'push', 'both'],
    LOUD,
  ),
  payment_failed: /*  */ rule(
    ['payment_failed', 'payment_overdue', 'expired'],
    ['bot', 'bot', 'none', 'both'],
    TOLD,
  ),
  payment_proof: /*   */ rule(['payment_proof'], ['both', 'both', 'none', 'both'], LOUD),
  money_matter: /*    */ rule(['money_matter'], ['both', 'both', 'none', 'none'], { critical: true }),
  order_accepted: /*  */ rule(['accepted'], ['none', 'none', 'none', 'none']),
  order_packed: /*    */ rule(['packing'], ['none', 'none', 'none', 'none']),
  order_dispatched: /**/ rule(['dispatched'], ['none', 'none', 'none', 'none']),
  order_delivered: /* */ rule(['delivered'], ['none', 'none', 'none', 'none']),
  order_cancelled: /* */ rule(['cancelled'], ['both', 'both', 'bot', 'both'], LOUD),
  order_assigned: /*  */ rule(['assigned'], ['none', 'none', 'none', 'both']),
  refund_asked: /*    */ rule(['refund_asked'], ['both', 'both', 'none', 'both'], LOUD),
  customer_wrote: /*  */ rule(['customer_wrote'], ['both', 'both', 'none', 'both'], TOLD),
  review_left: /*     */ rule(['reviewed'], ['bot', 'bot', 'none', 'bot'], TOLD),
  stock_low: /*       */ rule(['stock_low', 'stock_out'], ['bot', 'both', 'none', 'none'], TOLD),
  notice_gave_up: /*  */ rule(['notice_gave_up'], ['bot', 'bot', 'none', 'bot']),
  backup_failed: /*   */ rule(['backup_failed'], ['both', 'none', 'none', 'none'], { critical: true }),
  books_differ: /*    */ rule(['books_differ'], ['both', 'none', 'none', 'none']),
  shop_trouble: /*    */ rule(['shop_trouble', 'shop_trouble_over'], ['both', 'none', 'none', 'none'], {
    critical: true,
  }),
  staff_joined: /*    */ rule(['staff_added'], ['both', 'none', 'none', 'none']),
}

export const TOPIC_NAMES = Object.keys(TOPICS) as Topic[]

const TOPIC_OF_EVENT = new Map(
  TOPIC_NAMES.flatMap((topic) => TOPICS[topic].events.map((event) => [event, topic])),
)

/** The topic under which staff hear of an event, if they do at all. */
export function topicOf(event: string): Topic | undefined {
  return TOPIC_OF_EVENT.get(event)
}

/** Whether `want` includes the channel. */
export function wants(want: Want, channel: 'telegram' | 'push'): boolean {
  return want === 'both' || want === (channel === 'telegram' ? 'bot' : 'push')
}
