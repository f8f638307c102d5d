import type { ComponentChildren } from 'preact'
import { Icon } from '../parts/icon.tsx'
import './warning.css'

/** Something to look at twice before the button is pressed. */
export function Warning({ children }: { children: ComponentChildren }) {
  return (
    <p class="warning" role="status">
      <Icon name="alert" />
      <span>{children}</span>
    </p>
  )
}
