import type { ComponentChildren } from 'preact'
import { Icon, type IconName } from '../parts/icon.tsx'

interface SignProps {
  icon: IconName
  title: string
  children: ComponentChildren
}

/** A whole screen with one thing to say. */
export function Sign({ icon, title, children }: SignProps) {
  return (
    <main class="gate">
      <span class="gate-icon">
        <Icon name={icon} size={40} />
      </span>
      <h1>{title}</h1>
      <div class="hint gate-words">{children}</div>
    </main>
  )
}
