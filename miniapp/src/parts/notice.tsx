import type { ComponentChildren } from 'preact'
import { Button } from './button.tsx'
import { Icon, type IconName } from './icon.tsx'
import './notice.css'

interface EmptyProps {
  icon: IconName
  title: string
  children?: ComponentChildren
}

/** A screen with nothing on it says what to do next. */
export function Empty({ icon, title, children }: EmptyProps) {
  return (
    <div class="empty">
      <span class="empty-icon">
        <Icon name={icon} size={40} />
      </span>
      <p class="strong">{title}</p>
      {children && <div class="hint empty-words">{children}</div>}
    </div>
  )
}

/** A screen that could not be loaded says why, and tries again on request. */
export function Broken({ message, onRetry }: { message: string; onRetry: () => void }) {
  return (
    <div class="empty" role="alert">
      <span class="empty-icon empty-broken">
        <Icon name="alert" size={40} />
      </span>
      <p class="strong">This could not be loaded</p>
      <p class="hint empty-words">{message}</p>
      <Button icon="undo" onPress={onRetry}>
        Try again
      </Button>
    </div>
  )
}
