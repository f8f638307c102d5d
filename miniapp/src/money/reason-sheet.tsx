import { Button } from '../parts/button.tsx'
import { useDraft } from '../parts/draft.ts'
import { Field } from '../parts/field.tsx'
import type { IconName } from '../parts/icon.tsx'
import { Sheet } from '../parts/sheet.tsx'
import { useCommand } from './use-command.ts'

interface ReasonSheetProps {
  number: number | null
  title: string
  about: string
  label: string
  placeholder: string
  /** Where what is typed is kept. */
  draftKey: string
  button: { word: string; icon: IconName; kind?: 'main' | 'danger' }
  /** Said when no reason is given although there must be one. */
  needed?: string
  ask: (reason: string, key: string) => Promise<unknown>
  done: string
  onClose: () => void
  onDone?: (() => void) | undefined
}

/** Asks why, and does it. */
export function ReasonSheet(props: ReasonSheetProps) {
  const { number, title, about, label, placeholder, draftKey, button, needed, ask, done, onClose, onDone } =
    props
  const draft = useDraft<string>(draftKey)
  const { busy, fault, setFault, run } = useCommand(number)
  const reason = draft.value ?? ''

  async function press(): Promise<void> {
    if (needed && !reason.trim()) return setFault({ message: needed, field: 'reason' })
    const what = [title, reason.trim()]
    if (!(await run({ what, ask: (key) => ask(reason.trim(), key), done }))) return
    draft.drop()
    onClose()
    onDone?.()
  }

  return (
    <Sheet title={title} onClose={onClose}>
      <p class="wrap">{about}</p>
      <Field
        label={label}
        value={reason}
        error={fault?.message}
        placeholder={placeholder}
        maxLength={300}
        rows={2}
        onInput={(value) => {
          setFault(undefined)
          draft.keep(value)
        }}
      />
      <Button kind={button.kind ?? 'danger'} icon={button.icon} busy={busy} onPress={() => void press()}>
        {button.word}
      </Button>
    </Sheet>
  )
}
