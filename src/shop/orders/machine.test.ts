import { expect, it } from 'vitest'
import type { Fulfilment, Payment } from '../../db/schema.ts'
import { allowedSteps, mayUndo } from './machine.ts'

const packer = { kind: 'staff', role: 'packer' } as const
const manager = { kind: 'staff', role: 'manager' } as const

function mayMark(fulfilment: Fulfilment, payment: Payment): boolean {
  return allowedSteps({ fulfilment, payment }, packer).includes('mark_paid')
}

it('lets who hands goods over take the money for them, and nothing else', () => {
  const states: Fulfilment[] = ['placed', 'accepted', 'packing', 'dispatched', 'delivered', 'cancelled']
  expect(states.filter((state) => mayMark(state, 'due_on_delivery'))).toEqual(['dispatched', 'delivered'])
  expect(states.filter((state) => mayMark(state, 'pending'))).toEqual([])
  expect(states.filter((state) => mayMark(state, 'expired'))).toEqual([])
})

it('lets everybody of the staff undo what they could have done themselves, judged by how the order stood', () => {
  const paid = (from_fulfilment: Fulfilment, from_payment: Payment) => ({
    type: 'paid',
    from_fulfilment,
    from_payment,
  })
  expect(mayUndo(paid('delivered', 'due_on_delivery'), packer)).toBe(true)
  expect(mayUndo(paid('placed', 'due_on_delivery'), packer)).toBe(false)
  expect(mayUndo(paid('placed', 'pending'), packer)).toBe(false)
  expect(mayUndo(paid('placed', 'pending'), manager)).toBe(true)
  expect(mayUndo({ type: 'reviewed', from_fulfilment: null, from_payment: null }, manager)).toBe(false)
  expect(mayUndo(undefined, manager)).toBe(false)
})
