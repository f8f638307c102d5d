import { Button } from '../parts/button.tsx'
import { Field } from '../parts/field.tsx'
import { Switch } from '../parts/switch.tsx'
import type { TaxDraft, TaxFaults } from './tax-draft.ts'

interface TaxFieldsProps {
  rates: TaxDraft[]
  faults: TaxFaults
  onChange: (rates: TaxDraft[]) => void
}

/** The rates. One that orders or products refer to is switched off rather than removed. */
export function TaxFields({ rates, faults, onChange }: TaxFieldsProps) {
  function change(at: number, next: Partial<TaxDraft>): void {
    onChange(
      rates.map((rate, i) => {
        if (i === at) return { ...rate, ...next }
        // Only one can be the usual one.
        return next.usual ? { ...rate, usual: false } : rate
      }),
    )
  }
  return (
    <div class="card">
      {rates.map((rate, i) => (
        <div class="setting" key={i} data-rate={rate.id ?? 'new'}>
          <div class="setting-fields">
            <Field
              label="Name"
              value={rate.name}
              error={faults[`rate.${i}.name`]}
              maxLength={40}
              placeholder="VAT"
              onInput={(name) => change(i, { name })}
            />
            <Field
              label="Percent"
              keys="decimal"
              value={rate.percent}
              error={faults[`rate.${i}.percent`]}
              placeholder="21"
              onInput={(percent) => change(i, { percent })}
            />
          </div>
          <Switch
            label={rate.included ? 'Included in the prices' : 'Comes on top of the prices'}
            on={rate.included}
            onChange={(included) => change(i, { included })}
          />
          <Switch
            label="The usual one, also for delivery"
            on={rate.usual}
            onChange={(usual) => change(i, { usual })}
          />
          {rate.id === null ? (
            <Button kind="danger" icon="close" onPress={() => onChange(rates.filter((_, at) => at !== i))}>
              Remove
            </Button>
          ) : (
            <Switch label="In use" on={rate.active} onChange={(active) => change(i, { active })} />
          )}
        </div>
      ))}
    </div>
  )
}
