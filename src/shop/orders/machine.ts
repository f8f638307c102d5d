import type { ActorKind, Fulfilment, Payment, Role } from '../../db/schema.ts'

/** Where goods can go from where, step by step. Late money can bring a cancelled order back (payments/reopen-order.ts). */
export const FULFILMENT: Record<Fulfilment, readonly Fulfilment[]> = {
  placed: ['accepted', 'cancelled'],
  accepted: ['packing', 'cancelled'],
  packing: ['dispatched', 'cancelled'],
  dispatched: ['delivered'],
  delivered: [],
  cancelled: [],
}

/** Where money can go from where. Late money is real money: it is taken, and flagged for a person to look at. */
export const PAYMENT: Record<Payment, readonly Payment[]> = {
  pending: ['paid', 'failed', 'expired'],
  failed: ['pending', 'paid', 'expired'],
  expired: ['paid'],
  due_on_delivery: ['paid'],
  paid: ['partly_refunded', 'refunded'],
  partly_refunded: ['refunded'],
  refunded: [],
}

export type StepName = 'accept' | 'pack' | 'dispatch' | 'deliver' | 'mark_paid' | 'cancel' | 'expire'

/** What a step moves, who may take it, and what it is called in the history. */
export interface Step {
  event: string
  fulfilment?: Fulfilment
  payment?: Payment
  by: readonly ActorKind[]
  roles: readonly Role[]
  needs?: 'tracking' | 'reason'
}

const EVERYBODY: readonly Role[] = ['owner', 'manager', 'packer']
const DESK: readonly Role[] = ['owner', 'manager']

export const STEPS: Record<StepName, Step> = {
  accept: { event: 'accepted', fulfilment: 'accepted', by: ['staff'], roles: EVERYBODY },
  pack: { event: 'packing', fulfilment: 'packing', by: ['staff'], roles: EVERYBODY },
  dispatch: {
    event: 'dispatched',
    fulfilment: 'dispatched',
    by: ['staff'],
    roles: EVERYBODY,
    needs: 'tracking',
  },
  deliver: { event: 'delivered', fulfilment: 'delivered', by: ['staff'], roles: EVERYBODY },
  mark_paid: { event: 'paid', payment: 'paid', by: ['staff'], roles: DESK },
  cancel: {
    event: 'cancelled',
    fulfilment: 'cancelled',
    by: ['staff', 'customer'],
    roles: DESK,
    needs: 'reason',
  },
  expire: { event: 'expired', fulfilment: 'cancelled', payment: 'expired', by: ['system'], roles: [] },
}

/** Every step, in the order in which a screen offers them. */
export const STEP_NAMES = Object.keys(STEPS) as StepName[]

/** What must be said along with a step. What is picked up travels without a tracking number. */
export function needsOf(name: StepName, order: { address: string | null }): Step['needs'] {
  return name === 'dispatch' && order.address === null ? undefined : STEPS[name].needs
}

export interface OrderState {
  fulfilment: Fulfilment
  payment: Payment
}

/** Whether the shop may work on an order: it is paid for, or will be on delivery. What went back in part was paid in full. */
export function isPayable(payment: Payment): boolean {
  return payment === 'paid' || payment === 'partly_refunded' || payment === 'due_on_delivery'
}

/** Whether an order waits for somebody of the shop to accept it. */
export function waitsForAcceptance(order: OrderState): boolean {
  return isLegal('accept', order)
}

/** Whether the machines let this step happen to an order in this state, whoever asks. */
export function isLegal(name: StepName, order: OrderState): boolean {
  const step = STEPS[name]
  if (step.fulfilment && !FULFILMENT[order.fulfilment].includes(step.fulfilment)) return false
  if (step.payment && !PAYMENT[order.payment].includes(step.payment)) return false
  if (name === 'accept' || name === 'pack' || name === 'dispatch') return isPayable(order.payment)
  // A transfer may arrive after the order is gone; what was to be paid on delivery cannot.
  if (name === 'mark_paid') return order.fulfilment !== 'cancelled' || order.payment !== 'due_on_delivery'
  return true
}

/** Whether this person may ask for the step at all. A customer may cancel until packing begins. */
export function isAllowed(
  name: StepName,
  order: OrderState,
  who: { kind: ActorKind; role?: Role | undefined },
): boolean {
  const step = STEPS[name]
  if (!step.by.includes(who.kind)) return false
  // Who hands the goods over takes the money for them.
  if (who.kind === 'staff' && name === 'mark_paid' && isHandedOver(order)) return who.role !== undefined
  if (who.kind === 'staff') return who.role !== undefined && step.roles.includes(who.role)
  if (who.kind === 'customer') return order.fulfilment === 'placed' || order.fulfilment === 'accepted'
  return true
}

function isHandedOver({ payment, fulfilment }: OrderState): boolean {
  return payment === 'due_on_delivery' && (fulfilment === 'dispatched' || fulfilment === 'delivered')
}

/** What an event that moved an order remembers of how it stood before. */
export interface MovingEvent {
  type: string
  from_fulfilment: Fulfilment | null
  from_payment: Payment | null
}

/** Whether this person may take back what an event did: whoever of the staff could have done it. */
export function mayUndo(
  event: MovingEvent | undefined,
  who: { kind: ActorKind; role?: Role | undefined },
): boolean {
  const name = STEP_NAMES.find((one) => STEPS[one].event === event?.type)
  if (!name || !event?.from_fulfilment || !event.from_payment || who.kind !== 'staff') return false
  return isAllowed(name, { fulfilment: event.from_fulfilment, payment: event.from_payment }, who)
}

/** The steps this person can take on an order in this state, most usual first. */
export function allowedSteps(
  order: OrderState,
  who: { kind: ActorKind; role?: Role | undefined },
): StepName[] {
  return STEP_NAMES.filter((name) => isLegal(name, order) && isAllowed(name, order, who))
}
