import { useEffect, useRef, useState } from 'preact/hooks'
import { Icon } from './icon.tsx'
import './search-field.css'

const PAUSE_MS = 250

interface SearchFieldProps {
  label: string
  value: string
  onSearch: (words: string) => void
}

/** Searches when typing pauses. */
export function SearchField({ label, value, onSearch }: SearchFieldProps) {
  const [text, setText] = useState(value)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])

  function change(next: string, pause: number): void {
    setText(next)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => onSearch(next.trim()), pause)
  }

  return (
    <div class="search">
      <Icon name="search" />
      <input
        type="text"
        inputMode="search"
        enterKeyHint="search"
        autocomplete="off"
        aria-label={label}
        placeholder={label}
        maxLength={100}
        value={text}
        onInput={(event) => change(event.currentTarget.value, PAUSE_MS)}
      />
      {text && (
        <button type="button" class="icon-button" aria-label="Clear the search" onClick={() => change('', 0)}>
          <Icon name="close" />
        </button>
      )}
    </div>
  )
}
