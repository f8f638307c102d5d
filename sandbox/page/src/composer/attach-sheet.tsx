import { useEffect, useState } from 'preact/hooks'
import { type Actor, sendContact, sendFile, sendLocation } from '../api/sandbox.ts'
import { Icon, type IconName } from '../look/icon.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { attempt } from '../parts/toast.ts'
import './attach-sheet.css'
import { drawSamples, type Sample } from './samples.ts'

interface AttachSheetProps {
  actor: Actor
  onPhoto: (file: File) => void
  onClose: () => void
}

/** What can be sent besides words. */
export function AttachSheet({ actor, onPhoto, onClose }: AttachSheetProps) {
  const [samples, setSamples] = useState<Sample[]>([])

  useEffect(() => {
    void drawSamples().then(setSamples)
  }, [])
  useEffect(() => () => samples.forEach((sample) => void URL.revokeObjectURL(sample.url)), [samples])

  function send(what: () => Promise<unknown>): void {
    onClose()
    void attempt(what)
  }

  return (
    <Dialog sheet title="Send" onClose={onClose}>
      <div class="attach">
        <p class="hint small">A picture made by the sandbox</p>
        <div class="attach-samples">
          {samples.map((sample) => (
            <button key={sample.name} type="button" onClick={() => onPhoto(sample.file)}>
              <img src={sample.url} alt="" />
              <span>{sample.name}</span>
            </button>
          ))}
        </div>
        <div class="attach-kinds">
          <FileKind
            icon="photo"
            label="Photo"
            accept="image/jpeg,image/png,image/webp,image/gif"
            onFile={onPhoto}
          />
          <FileKind
            icon="file"
            label="File"
            onFile={(file) => send(() => sendFile(actor, 'document', file))}
          />
          <Kind icon="pin" label="Location" onPress={() => send(() => sendLocation(actor))} />
          <Kind icon="person" label="Contact" onPress={() => send(() => sendContact(actor))} />
        </div>
      </div>
    </Dialog>
  )
}

interface KindProps {
  icon: IconName
  label: string
}

function Kind({ icon, label, onPress }: KindProps & { onPress: () => void }) {
  return (
    <button type="button" class={`attach-kind kind-${icon}`} onClick={onPress}>
      <Icon name={icon} />
      <span>{label}</span>
    </button>
  )
}

function FileKind({
  icon,
  label,
  accept,
  onFile,
}: KindProps & { accept?: string; onFile: (file: File) => void }) {
  return (
    <label class={`attach-kind kind-${icon}`}>
      <Icon name={icon} />
      <span>{label}</span>
      <input
        class="unseen"
        type="file"
        {...(accept ? { accept } : {})}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0]
          if (file) onFile(file)
        }}
      />
    </label>
  )
}
