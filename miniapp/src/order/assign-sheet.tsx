import { useEffect, useState } from 'preact/hooks'
import type { OrderDetail } from '../../../src/http/contract/order.ts'
import type { StaffMember } from '../../../src/http/contract/staff.ts'
import { sentenceOf } from '../api/request.ts'
import { assignOrder, fetchStaff } from '../api/staff.ts'
import { Sheet } from '../parts/sheet.tsx'
import { RowSkeletons } from '../parts/skeleton.tsx'
import { me } from '../session/shop.ts'
import { Choice } from '../staff/choice.tsx'
import { ROLES } from '../staff/roles.ts'
import { haptic } from '../telegram/telegram.ts'
import { showOrder } from './open-order.ts'

interface AssignSheetProps {
  order: OrderDetail
  onClose: () => void
}

/** Whose order it is: anybody's for owners and managers, one's own for packers. */
export function AssignSheet({ order, onClose }: AssignSheetProps) {
  const [staff, setStaff] = useState<StaffMember[]>()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()

  useEffect(() => {
    fetchStaff().then(
      (list) => setStaff(list.staff),
      (error: unknown) => setProblem(sentenceOf(error)),
    )
  }, [])

  async function choose(personId: number | null): Promise<void> {
    setBusy(true)
    setProblem(undefined)
    try {
      showOrder(await assignOrder(order.number, personId))
      haptic('success')
      onClose()
    } catch (error) {
      haptic('error')
      setProblem(sentenceOf(error))
      setBusy(false)
    }
  }

  return (
    <Sheet title={`Whose is #${order.number}?`} onClose={onClose}>
      {staff ? (
        <Choice
          label="Assigned to"
          options={optionsOf(staff, order)}
          chosen={order.assignedTo?.id ?? null}
          disabled={busy}
          onChoose={(personId) => void choose(personId)}
        />
      ) : (
        !problem && <RowSkeletons count={3} />
      )}
      {problem && (
        <p class="field-error small" role="alert">
          {problem}
        </p>
      )}
    </Sheet>
  )
}

function optionsOf(staff: StaffMember[], order: OrderDetail) {
  const mayGive = me().role !== 'packer'
  const people = staff
    .filter((member) => mayGive || member.you || member.id === order.assignedTo?.id)
    .map(({ id, name, role, you }) => ({
      value: id as number | null,
      word: you ? `${name} (you)` : name,
      hint: ROLES[role].word,
    }))
  return [...people, { value: null, word: 'Nobody', hint: undefined }]
}
