import { Icon } from '../parts/icon.tsx'
import './choice.css'

interface ChoiceProps<T> {
  label: string
  options: { value: T; word: string; hint?: string | undefined }[]
  chosen: T | undefined
  disabled?: boolean | undefined
  onChoose: (value: T) => void
}

/** One of a few things, each with what it means. */
export function Choice<T extends string | number | null>(props: ChoiceProps<T>) {
  const { label, options, chosen, disabled = false, onChoose } = props
  return (
    <div class="choice" role="radiogroup" aria-label={label}>
      {options.map(({ value, word, hint }) => (
        // biome-ignore lint/a11y/useSemanticElements: an input cannot hold two lines and a mark
        <button
          key={value}
          type="button"
          class="choice-option"
          role="radio"
          aria-checked={value === chosen}
          disabled={disabled}
          onClick={() => onChoose(value)}
        >
          <span class="line-words">
            <span class="strong wrap">{word}</span>
            {hint && <span class="small hint wrap">{hint}</span>}
          </span>
          {value === chosen && <Icon name="check" />}
        </button>
      ))}
    </div>
  )
}
