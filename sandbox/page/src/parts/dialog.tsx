import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { Icon } from '../look/icon.tsx'
import './dialog.css'

interface DialogProps {
  title: string
  onClose: () => void
  children: ComponentChildren
  /** From the bottom edge like a phone's sheet; otherwise a box in the middle. */
  sheet?: boolean
}

/** A box or sheet over the phone. It keeps the keyboard's focus until it is closed, then gives it back. */
export function Dialog({ title, onClose, children, sheet = false }: DialogProps) {
  const box = useRef<HTMLDivElement>(null)

  useEffect(() => {
    const before = document.activeElement
    const first = box.current?.querySelector<HTMLElement>('[autofocus], .field, .button')
    ;(first ?? box.current)?.focus()
    return () => {
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys and the tap beside it belong to the dialog inside
    <div
      class={sheet ? 'dialog-scrim sheet' : 'dialog-scrim'}
      onClick={(event) => {
        if (event.target === event.currentTarget) onClose()
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose()
        if (event.key === 'Tab') keepInside(event, box.current)
      }}
    >
      <div ref={box} class="dialog" role="dialog" aria-modal="true" aria-label={title} tabIndex={-1}>
        <header class="dialog-head">
          <h2>{title}</h2>
          <button type="button" class="icon-button" aria-label="Close" onClick={onClose}>
            <Icon name="close" />
          </button>
        </header>
        {children}
      </div>
    </div>
  )
}

function keepInside(event: KeyboardEvent, box: HTMLElement | null): void {
  const stops = [
    ...(box?.querySelectorAll<HTMLElement>('a[href], button:not(:disabled), input, select, textarea') ?? []),
  ]
  const edge = event.shiftKey ? stops[0] : stops.at(-1)
  if (document.activeElement !== edge && box?.contains(document.activeElement)) return
  event.preventDefault()
  ;(event.shiftKey ? stops.at(-1) : stops[0])?.focus()
}
