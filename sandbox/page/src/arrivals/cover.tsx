import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { open } from './arrivals.ts'

interface CoverProps {
  name: string
  label: string
  children: ComponentChildren
}

/** Something that covers the chat until it is closed; Escape closes it, and the keyboard's focus goes back. */
export function Cover({ name, label, children }: CoverProps) {
  const box = useRef<HTMLElement>(null)

  useEffect(() => {
    const before = document.activeElement
    box.current?.focus()
    return () => {
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])

  return (
    <section
      ref={box}
      class={name}
      role="dialog"
      aria-modal="true"
      aria-label={label}
      tabIndex={-1}
      onKeyDown={(event) => event.key === 'Escape' && closeCover()}
    >
      {children}
    </section>
  )
}

export function closeCover(): void {
  open.value = undefined
}
