import { useId } from 'preact/hooks'

interface DateFieldProps {
  label: string
  /** "2026-11-22", or empty. */
  value: string
  error?: string | undefined
  onInput: (value: string) => void
}

/** A day, picked with what the device has for it. */
export function DateField({ label, value, error, onInput }: DateFieldProps) {
  const id = useId()
  return (
    <div class={error ? 'field field-wrong' : 'field'}>
      <label class="small hint" for={id}>
        {label}
      </label>
      <input
        id={id}
        class="input"
        type="date"
        value={value}
        aria-invalid={error ? true : undefined}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      {error && (
        <p class="field-error small" role="alert">
          {error}
        </p>
      )}
    </div>
  )
}
