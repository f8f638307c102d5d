import { signal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import './photo-viewer.css'

/** The address of the picture looked at closely. */
export const viewedPhoto = signal<string | undefined>(undefined)

export function PhotoViewer() {
  const url = viewedPhoto.value
  return url === undefined ? null : <Viewer url={url} />
}

function Viewer({ url }: { url: string }) {
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => button.current?.focus(), [])
  const close = () => {
    viewedPhoto.value = undefined
  }
  return (
    <button
      ref={button}
      type="button"
      class="viewer"
      aria-label="Close the picture"
      onClick={close}
      onKeyDown={(event) => event.key === 'Escape' && close()}
    >
      <img src={url} alt="" />
    </button>
  )
}
