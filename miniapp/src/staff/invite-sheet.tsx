import { useState } from 'preact/hooks'
import type { NewInvitation } from '../../../src/http/contract/staff.ts'
import { sentenceOf } from '../api/request.ts'
import { inviteStaff, type Role } from '../api/staff.ts'
import { Button } from '../parts/button.tsx'
import { CopyButton } from '../parts/copy-button.tsx'
import { Sheet } from '../parts/sheet.tsx'
import { me } from '../session/shop.ts'
import { haptic } from '../telegram/telegram.ts'
import { Choice } from './choice.tsx'
import { ROLE_NAMES, ROLES } from './roles.ts'

interface InviteSheetProps {
  onMade: () => void
  onClose: () => void
}

/** Makes a link for one person, to be handed over as the owner likes. */
export function InviteSheet({ onMade, onClose }: InviteSheetProps) {
  const [role, setRole] = useState<Role>('packer')
  const [made, setMade] = useState<NewInvitation>()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()

  async function make(): Promise<void> {
    setBusy(true)
    setProblem(undefined)
    try {
      setMade(await inviteStaff(role))
      haptic('success')
      onMade()
    } catch (error) {
      setProblem(sentenceOf(error))
    }
    setBusy(false)
  }

  if (made) return <LinkSheet invitation={made} onClose={onClose} />
  const options = ROLE_NAMES.map((value) => ({ value, word: ROLES[value].word, hint: ROLES[value].duties }))
  return (
    <Sheet title="Invite somebody" onClose={onClose}>
      <Choice label="Role" options={options} chosen={role} onChoose={setRole} />
      {problem && (
        <p class="field-error small" role="alert">
          {problem}
        </p>
      )}
      <Button kind="main" busy={busy} onPress={() => void make()}>
        Make a link
      </Button>
    </Sheet>
  )
}

function LinkSheet({ invitation, onClose }: { invitation: NewInvitation; onClose: () => void }) {
  const { link, role } = invitation
  const { word } = ROLES[role]
  return (
    <Sheet title={`Link for a ${word.toLowerCase()}`} onClose={onClose}>
      <p class="hint">
        Whoever opens it first joins the staff. It works once, within 48 hours, and is shown only now.
      </p>
      <div class="staff-link">
        <p class="cut" data-link={link}>
          {link}
        </p>
        <CopyButton text={link} label="Copy the link" />
      </div>
      <Button kind="main" icon="send" onPress={() => void share(link, word)}>
        Share
      </Button>
    </Sheet>
  )
}

async function share(url: string, role: string): Promise<void> {
  const text = `Join ${me().shop.name} as ${role.toLowerCase()}`
  try {
    await navigator.share({ text, url })
  } catch (error) {
    // Closing the share sheet is no failure; where there is none, Telegram has one of its own.
    if (error instanceof DOMException && error.name === 'AbortError') return
    window.open(`https://t.me/share/url?url=${encodeURIComponent(url)}&text=${encodeURIComponent(text)}`)
  }
}
