import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { IconButton } from './button.tsx'
import './sheet.css'

interface SheetProps {
  title: string
  onClose: () => void
  children: ComponentChildren
}

/** A panel from the bottom edge (in the middle on a wide screen). The browser's own dialog keeps the focus inside. */
export function Sheet({ title, onClose, children }: SheetProps) {
  const dialog = useRef<HTMLDialogElement>(null)

  useEffect(() => {
    dialog.current?.showModal()
    const lift = () => dialog.current?.style.setProperty('--keyboard', `${keyboardHeight()}px`)
    window.visualViewport?.addEventListener('resize', lift)
    return () => window.visualViewport?.removeEventListener('resize', lift)
  }, [])

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a press beside the sheet closes it; on the keyboard Escape does
    <dialog
      ref={dialog}
      class="sheet"
      aria-label={title}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onClick={(event) => {
        if (event.target === dialog.current) onClose()
      }}
    >
      <div class="sheet-body">
        <header class="sheet-head">
          <p class="strong">{title}</p>
          <IconButton icon="close" label="Close" onPress={onClose} />
        </header>
        {children}
      </div>
    </dialog>
  )
}

// iOS lays its keyboard over the page: what sticks to the bottom must be lifted by hand.
function keyboardHeight(): number {
  const seen = window.visualViewport
  return seen ? Math.max(0, window.innerHeight - seen.height - seen.offsetTop) : 0
}
