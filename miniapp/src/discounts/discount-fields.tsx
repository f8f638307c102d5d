import { plainMoney } from '../money/money.ts'
import { Field } from '../parts/field.tsx'
import { currency } from '../session/shop.ts'
import { DateField } from './date-field.tsx'
import type { DiscountDraft, DiscountFaults } from './discount-draft.ts'
import './discounts.css'

const KINDS: [DiscountDraft['kind'], string][] = [
  ['percent', 'Percent'],
  ['amount', 'Amount'],
  ['free_delivery', 'Free delivery'],
]

interface FieldsProps {
  typed: DiscountDraft
  faults: DiscountFaults
  onChange: (next: Partial<DiscountDraft>) => void
}

/** What a code takes off, when, from how much on and how often. */
export function DiscountFields({ typed, faults, onChange }: FieldsProps) {
  return (
    <>
      <Field
        label="Code (what customers type)"
        value={typed.code}
        error={faults.code}
        placeholder="TEA10"
        maxLength={24}
        onInput={(code) => onChange({ code })}
      />
      <fieldset class="notices-periods discount-kinds" aria-label="Kind">
        {KINDS.map(([kind, word]) => (
          <button
            key={kind}
            type="button"
            class="notices-period"
            aria-pressed={typed.kind === kind}
            onClick={() => onChange({ kind, value: '' })}
          >
            {word}
          </button>
        ))}
      </fieldset>
      {typed.kind !== 'free_delivery' && (
        <Field
          label={typed.kind === 'percent' ? 'Percent off the items' : `Off the items, ${currency()}`}
          keys="decimal"
          value={typed.value}
          error={faults.value}
          placeholder={typed.kind === 'percent' ? '10' : plainMoney(500, currency())}
          onInput={(value) => onChange({ value })}
        />
      )}
      <div class="discount-pair">
        <DateField
          label="First day"
          value={typed.from}
          error={faults.from}
          onInput={(from) => onChange({ from })}
        />
        <DateField
          label="Last day"
          value={typed.until}
          error={faults.until}
          onInput={(until) => onChange({ until })}
        />
      </div>
      <Field
        label={`For orders from, ${currency()}`}
        keys="decimal"
        value={typed.minimum}
        error={faults.minimum}
        placeholder="Any amount"
        onInput={(minimum) => onChange({ minimum })}
      />
      <div class="discount-pair">
        <Field
          label="Uses for each customer"
          keys="numeric"
          value={typed.perCustomer}
          error={faults.perCustomer}
          placeholder="Any number"
          onInput={(perCustomer) => onChange({ perCustomer })}
        />
        <Field
          label="Uses in all"
          keys="numeric"
          value={typed.total}
          error={faults.total}
          placeholder="Any number"
          onInput={(total) => onChange({ total })}
        />
      </div>
    </>
  )
}
