import { Field } from '../parts/field.tsx'
import { amountHint, formatMoney, parseMoney, plainMoney } from './money.ts'
import './amount-field.css'

interface AmountFieldProps {
  label: string
  value: string
  currency: string
  error: string | undefined
  /** An amount one press away: all that is due, or all that can be given back. */
  all: { word: string; minor: number }
  hint?: string | undefined
  onInput: (value: string) => void
}

/** An amount of money, with the whole of it one press away. */
export function AmountField({ label, value, currency, error, all, hint, onInput }: AmountFieldProps) {
  const chosen = parseMoney(value, currency) === all.minor
  return (
    <div class="amount">
      <Field
        label={`${label}, ${currency}`}
        keys="decimal"
        value={value}
        error={error}
        hint={hint}
        onInput={onInput}
      />
      <button
        type="button"
        class="amount-all small"
        aria-pressed={chosen}
        onClick={() => onInput(plainMoney(all.minor, currency))}
      >
        {all.word} {formatMoney(all.minor, currency)}
      </button>
    </div>
  )
}

/** What was typed, in minor units, or what is wrong with it. */
export function readAmount(text: string, currency: string, most?: number): number | { fault: string } {
  const minor = parseMoney(text, currency)
  if (minor === undefined) return { fault: amountHint(1250, currency) }
  if (minor === 0) return { fault: 'Enter an amount above zero.' }
  if (most !== undefined && minor > most) return { fault: `At most ${formatMoney(most, currency)}` }
  return minor
}
