import type { ShownSettings } from '../../../src/http/contract/settings.ts'
import { METHODS } from '../money/ledger-words.ts'
import { formatMoney, parseMoney, plainMoney } from '../money/money.ts'
import { Field } from '../parts/field.tsx'
import { Switch } from '../parts/switch.tsx'
import { currency } from '../session/shop.ts'
import type { Faults, SettingsDraft } from './settings-draft.ts'

type Payment = ShownSettings['payments'][number]

interface PaymentFieldsProps {
  payments: Payment[]
  hundredStars: string
  faults: Faults
  onChange: (next: Partial<SettingsDraft>) => void
}

/** The ways to pay: what a customer is told, and what is missing where one is not set up. */
export function PaymentFields({ payments, hundredStars, faults, onChange }: PaymentFieldsProps) {
  function change(kind: Payment['kind'], next: Partial<Payment>): void {
    onChange({
      payments: payments.map((payment) => (payment.kind === kind ? { ...payment, ...next } : payment)),
    })
  }
  return (
    <section class="section">
      <h2>Payment</h2>
      <div class="card">
        {payments.map((payment) => (
          <div class="setting" key={payment.kind} data-payment={payment.kind}>
            <OnOff payment={payment} onChange={change} />
            {payment.kind === 'bank_transfer' && payment.active && (
              <Field
                label="Where to pay to"
                value={payment.instructions}
                hint="The customer sees this with the order number and the amount."
                placeholder={'Account holder\nIBAN'}
                maxLength={500}
                rows={4}
                onInput={(text) => change(payment.kind, { instructions: text })}
              />
            )}
            {payment.kind === 'stars' && (
              <Field
                label={`100 Stars count for, ${currency()}`}
                keys="decimal"
                value={hundredStars}
                error={faults.stars}
                hint={`${starsWords(hundredStars)}Only digital goods can be paid with Stars.`}
                placeholder={plainMoney(130, currency())}
                onInput={(text) => onChange({ hundredStars: text })}
              />
            )}
          </div>
        ))}
      </div>
      {faults.payments && (
        <p class="field-error setting-fault small" role="alert">
          {faults.payments}
        </p>
      )}
    </section>
  )
}

// An example shows at once when a digit is too many.
function starsWords(typed: string): string {
  const hundredMinor = parseMoney(typed, currency())
  if (!hundredMinor) return 'Prices are turned into whole Stars, rounded up. '
  const exampleMinor = parseMoney('10', currency()) ?? 0
  const stars = Math.ceil((exampleMinor * 100) / hundredMinor)
  return `${formatMoney(exampleMinor, currency())} is then ${formatMoney(stars, 'XTR')}, rounded up. `
}

interface OnOffProps {
  payment: Payment
  onChange: (kind: Payment['kind'], next: Partial<Payment>) => void
}

function OnOff({ payment: { kind, active, available, why }, onChange }: OnOffProps) {
  return (
    <>
      <Switch
        label={METHODS[kind]}
        on={active}
        disabled={!available && !active}
        onChange={(on) => onChange(kind, { active: on })}
      />
      {why && <p class="small hint wrap">{why}</p>}
    </>
  )
}
