import type { Role } from '../src/db/schema.ts'

/** B: by the bot. P: by push on each device. */
export type Told = 'BP' | 'B' | 'P' | '-'

export interface Row {
  topic: string
  /** Events of this topic. */
  events: string[]
  /** By role, when the order is not theirs. */
  others: Record<Role, Told>
  /** By role, when the order is assigned to them. */
  assigned: Record<Role, Told>
  groups: boolean
  /** May pass through quiet hours. */
  critical: boolean
}

/**
 * Who is told of what unless they chose otherwise, spelled out by hand: the tests compare the shop with this, so it must
 * not be made from the shop's own table. Columns: owner, manager, packer; the same when the order is theirs; groups (G) and
 * critical (!).
 */
export const WHO_IS_TOLD: readonly Row[] = [
  row('new_order        placed,reopened         BP BP BP   BP BP BP   G !'),
  row('payment_received paid,part_paid,payment_on_delivery,rest_waived  BP BP P  BP BP BP  G !'),
  row('payment_failed   payment_failed,payment_overdue,expired  B  B  -    BP BP BP   G -'),
  row('payment_proof    payment_proof           BP BP -    BP BP BP   G !'),
  row('money_matter     money_matter            BP BP -    BP BP -    - !'),
  row('order_accepted   accepted                -  -  -    -  -  -    - -'),
  row('order_packed     packing                 -  -  -    -  -  -    - -'),
  row('order_dispatched dispatched              -  -  -    -  -  -    - -'),
  row('order_delivered  delivered               -  -  -    -  -  -    - -'),
  row('order_cancelled  cancelled               BP BP B    BP BP BP   G !'),
  row('order_assigned   assigned                -  -  -    BP BP BP   - -'),
  row('refund_asked     refund_asked            BP BP -    BP BP BP   G !'),
  row('customer_wrote   customer_wrote          BP BP -    BP BP BP   G -'),
  row('review_left      reviewed                B  B  -    B  B  B    G -'),
  row('stock_low        stock_low,stock_out     B  BP -    B  BP -    G -'),
  row('notice_gave_up   notice_gave_up          B  B  -    B  B  B    - -'),
  row('backup_failed    backup_failed           BP -  -    BP -  -    - !'),
  row('books_differ     books_differ            BP -  -    BP -  -    - -'),
  row('shop_trouble     shop_trouble,shop_trouble_over BP - -  BP - -    - !'),
  row('staff_joined     staff_added             BP -  -    BP -  -    - -'),
]

function row(line: string): Row {
  const cells = line.split(/\s+/)
  const [topic = '', events = ''] = cells
  const [owner, manager, packer, mineOwner, mineManager, minePacker] = cells.slice(2, 8) as Told[]
  return {
    topic,
    events: events.split(','),
    others: { owner, manager, packer } as Record<Role, Told>,
    assigned: { owner: mineOwner, manager: mineManager, packer: minePacker } as Record<Role, Told>,
    groups: cells[8] === 'G',
    critical: cells[9] === '!',
  }
}
