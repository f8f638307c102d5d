import { useState } from 'preact/hooks'
import type { StaffList, StaffMember } from '../../../src/http/contract/staff.ts'
import { sentenceOf } from '../api/request.ts'
import { changeRole, dismissStaff, type Role, restoreStaff } from '../api/staff.ts'
import { Button } from '../parts/button.tsx'
import { Sheet } from '../parts/sheet.tsx'
import { hideSnack, say, show } from '../parts/snack.ts'
import { haptic } from '../telegram/telegram.ts'
import { shopNow } from '../time/shop-clock.ts'
import { Choice } from './choice.tsx'
import { ROLE_NAMES, ROLES } from './roles.ts'

const UNDO_MS = 10_000

interface MemberSheetProps {
  member: StaffMember
  onChanged: (list: StaffList) => void
  onClose: () => void
}

/** What an owner can change about a member of staff. */
export function MemberSheet({ member, onChanged, onClose }: MemberSheetProps) {
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState<Role | 'remove'>()

  async function attempt(what: Role | 'remove', change: () => Promise<StaffList>): Promise<boolean> {
    setBusy(what)
    setProblem(undefined)
    try {
      onChanged(await change())
      haptic('success')
      onClose()
      return true
    } catch (error) {
      haptic('error')
      setProblem(sentenceOf(error))
      setBusy(undefined)
      return false
    }
  }

  async function choose(role: Role): Promise<void> {
    if (role === member.role || busy) return
    const done = await attempt(role, () => changeRole(member.id, role))
    if (done) say(`${member.name} is ${ROLES[role].word.toLowerCase()} now`)
  }

  async function remove(): Promise<void> {
    if (await attempt('remove', () => dismissStaff(member.id))) offerUndo(member, onChanged)
  }

  const options = ROLE_NAMES.map((value) => ({ value, word: ROLES[value].word, hint: ROLES[value].duties }))
  const chosen = busy && busy !== 'remove' ? busy : member.role
  return (
    <Sheet title={member.name} onClose={onClose}>
      <Choice label="Role" options={options} chosen={chosen} onChoose={(role) => void choose(role)} />
      {problem && (
        <p class="field-error small" role="alert">
          {problem}
        </p>
      )}
      <Button kind="danger" icon="leave" busy={busy === 'remove'} onPress={() => void remove()}>
        Remove from the staff
      </Button>
      <p class="small hint">Signs {member.you ? 'you' : 'them'} out everywhere, at once.</p>
    </Sheet>
  )
}

function offerUndo(member: StaffMember, onChanged: (list: StaffList) => void): void {
  async function press(): Promise<void> {
    try {
      onChanged(await restoreStaff(member.id))
      hideSnack()
      say(`${member.name} is back`)
    } catch (error) {
      say(sentenceOf(error))
    }
  }
  show({ text: `${member.name} is removed`, undo: { until: shopNow() + UNDO_MS, press } }, UNDO_MS)
}
