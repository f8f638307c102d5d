import { useEffect, useState } from 'preact/hooks'
import { type Actor, sendFile } from '../api/sandbox.ts'
import { Dialog } from '../parts/dialog.tsx'
import { attempt } from '../parts/toast.ts'
import './photo-preview.css'

interface PhotoPreviewProps {
  actor: Actor
  file: File
  onClose: () => void
}

/** A last look at a picture, with words below it if wanted. */
export function PhotoPreview({ actor, file, onClose }: PhotoPreviewProps) {
  const [url, setUrl] = useState<string>()

  useEffect(() => {
    const made = URL.createObjectURL(file)
    setUrl(made)
    return () => URL.revokeObjectURL(made)
  }, [file])

  function send(event: SubmitEvent): void {
    event.preventDefault()
    const caption = String(new FormData(event.currentTarget as HTMLFormElement).get('caption')).trim()
    onClose()
    void attempt(() => sendFile(actor, 'photo', file, caption))
  }

  return (
    <Dialog sheet title="Send a photo" onClose={onClose}>
      <form class="photo-preview" onSubmit={send}>
        {url && <img src={url} alt="To be sent" />}
        <input
          class="field"
          name="caption"
          maxLength={1024}
          placeholder="Add a caption…"
          aria-label="Caption"
          autocomplete="off"
        />
        <button type="submit" class="button">
          Send
        </button>
      </form>
    </Dialog>
  )
}
