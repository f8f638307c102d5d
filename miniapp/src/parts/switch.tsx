import './switch.css'

interface SwitchProps {
  label: string
  on: boolean
  onChange: (on: boolean) => void
  disabled?: boolean
}

/** Something that is on or off. */
export function Switch({ label, on, onChange, disabled = false }: SwitchProps) {
  return (
    <label class="switch-row">
      <span class="wrap">{label}</span>
      <input
        class="switch"
        type="checkbox"
        role="switch"
        aria-checked={on}
        checked={on}
        disabled={disabled}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    </label>
  )
}
