import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import './field.css'

interface FieldProps {
  label: string
  value: string
  onInput: (value: string) => void
  error?: string | undefined
  hint?: ComponentChildren
  /** `decimal` and `numeric` bring up the number keys. */
  keys?: 'text' | 'decimal' | 'numeric' | 'search'
  placeholder?: string
  maxLength?: number
  rows?: number
  disabled?: boolean
  autofocus?: boolean
  onEnter?: () => void
}

/** A labelled input with its error beside it. */
export function Field(props: FieldProps) {
  const id = useId()
  const { label, error, rows } = props
  return (
    <div class={error ? 'field field-wrong' : 'field'}>
      <label class="small hint" for={id}>
        {label}
      </label>
      {rows ? <TextArea id={id} {...props} /> : <TextInput id={id} {...props} />}
      {error && (
        <p class="field-error small" id={`${id}-error`} role="alert">
          {error}
        </p>
      )}
      {!error && <Hint {...props} />}
    </div>
  )
}

// Pasted text is cut without a word otherwise.
function Hint({ hint, value, maxLength }: FieldProps) {
  const isFull = maxLength !== undefined && value.length >= maxLength
  const words = isFull ? `More than ${maxLength} characters do not fit.` : hint
  return words ? <p class="small hint">{words}</p> : null
}

function shared(id: string, props: FieldProps) {
  return {
    id,
    class: 'input',
    value: props.value,
    placeholder: props.placeholder,
    maxLength: props.maxLength,
    disabled: props.disabled,
    autoFocus: props.autofocus,
    'aria-invalid': props.error ? true : undefined,
    'aria-describedby': props.error ? `${id}-error` : undefined,
  }
}

function TextInput({ id, ...props }: FieldProps & { id: string }) {
  return (
    <input
      {...shared(id, props)}
      type="text"
      inputMode={props.keys ?? 'text'}
      autocomplete="off"
      onInput={(event) => props.onInput(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !event.isComposing) props.onEnter?.()
      }}
    />
  )
}

function TextArea({ id, ...props }: FieldProps & { id: string }) {
  return (
    <textarea
      {...shared(id, props)}
      rows={props.rows}
      onInput={(event) => props.onInput(event.currentTarget.value)}
    />
  )
}
