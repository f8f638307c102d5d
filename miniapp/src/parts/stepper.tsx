import { IconButton } from './button.tsx'
import './stepper.css'

interface StepperProps {
  label: string
  value: number
  most: number
  onChange: (value: number) => void
}

/** A small number between 0 and `most`, by two buttons. */
export function Stepper({ label, value, most, onChange }: StepperProps) {
  return (
    <fieldset class="stepper" aria-label={label}>
      <IconButton
        icon="minus"
        label={`One less: ${label}`}
        onPress={() => onChange(Math.max(value - 1, 0))}
      />
      <output class="strong stepper-value">
        {value}
        <span class="hint"> of {most}</span>
      </output>
      <IconButton
        icon="plus"
        label={`One more: ${label}`}
        onPress={() => onChange(Math.min(value + 1, most))}
      />
    </fieldset>
  )
}
