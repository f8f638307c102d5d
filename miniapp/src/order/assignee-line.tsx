import { useState } from 'preact/hooks'
import type { OrderDetail } from '../../../src/http/contract/order.ts'
import { Icon } from '../parts/icon.tsx'
import { Initials } from '../staff/initials.tsx'
import { AssignSheet } from './assign-sheet.tsx'
import '../staff/staff.css'

/** Whose order it is; a tap gives it to somebody else while there is something to do. */
export function AssigneeLine({ order }: { order: OrderDetail }) {
  const [open, setOpen] = useState(false)
  const { assignedTo } = order
  const isOver = order.stage === 'delivered' || order.stage === 'cancelled'
  if (isOver && !assignedTo) return null
  const words = (
    <>
      {assignedTo ? <Initials name={assignedTo.name} /> : <Icon name="person" />}
      <span class="line-words">
        <span class="small hint">Assigned to</span>
        <span class="strong wrap">{assignedTo?.name ?? 'Nobody yet'}</span>
      </span>
    </>
  )
  return (
    <div class="card" data-assignee={assignedTo?.id ?? 'nobody'}>
      {isOver ? (
        <div class="line">{words}</div>
      ) : (
        <button type="button" class="line staff-line" onClick={() => setOpen(true)}>
          {words}
          <Icon name="next" />
        </button>
      )}
      {open && <AssignSheet order={order} onClose={() => setOpen(false)} />}
    </div>
  )
}
