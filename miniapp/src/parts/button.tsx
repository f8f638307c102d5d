import type { ComponentChildren } from 'preact'
import { trying } from '../api/request.ts'
import { Icon, type IconName } from './icon.tsx'
import './button.css'

interface ButtonProps {
  children: ComponentChildren
  onPress: () => void
  /** `main` is the one action a screen is about; `danger` takes something away. */
  kind?: 'main' | 'plain' | 'danger' | undefined
  icon?: IconName | undefined
  /** While true the button shows that it works or tries again, and takes no second press. */
  busy?: boolean | undefined
  disabled?: boolean | undefined
}

export function Button({
  children,
  onPress,
  kind = 'plain',
  icon,
  busy = false,
  disabled = false,
}: ButtonProps) {
  return (
    <button
      type="button"
      class={`button button-${kind}`}
      disabled={disabled}
      aria-busy={busy}
      aria-disabled={busy}
      onClick={() => {
        if (!busy) onPress()
      }}
    >
      {icon && <Icon name={icon} />}
      <span>{busy && trying.value > 0 ? 'Trying…' : children}</span>
    </button>
  )
}

/** A button that is only a picture; `label` is what it does. */
export function IconButton({ icon, label, onPress }: { icon: IconName; label: string; onPress: () => void }) {
  return (
    <button type="button" class="icon-button" aria-label={label} title={label} onClick={onPress}>
      <Icon name={icon} />
    </button>
  )
}
