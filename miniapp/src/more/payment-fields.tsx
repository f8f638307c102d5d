import type { ShopSettingsBody } from '../../../src/http/contract/settings.ts'
import { Field } from '../parts/field.tsx'
import { Switch } from '../parts/switch.tsx'
import type { Faults } from './settings-draft.ts'

type Payments = ShopSettingsBody['payments']

const WORDS: Record<Payments[number]['kind'], string> = {
  cash_on_delivery: 'Cash on delivery',
  bank_transfer: 'Bank transfer',
}

interface PaymentFieldsProps {
  payments: Payments
  faults: Faults
  onChange: (payments: Payments) => void
}

/** The ways to pay, and what a customer is told who pays by bank transfer. */
export function PaymentFields({ payments, faults, onChange }: PaymentFieldsProps) {
  function change(kind: Payments[number]['kind'], next: Partial<Payments[number]>): void {
    onChange(payments.map((payment) => (payment.kind === kind ? { ...payment, ...next } : payment)))
  }
  return (
    <section class="section">
      <h2>Payment</h2>
      <div class="card">
        {payments.map(({ kind, active, instructions }) => (
          <div class="setting" key={kind}>
            <Switch label={WORDS[kind]} on={active} onChange={(on) => change(kind, { active: on })} />
            {kind === 'bank_transfer' && active && (
              <Field
                label="Where to pay to"
                value={instructions}
                hint="The customer sees this with the order number and the amount."
                placeholder={'Account holder\nIBAN'}
                maxLength={500}
                rows={4}
                onInput={(text) => change(kind, { instructions: text })}
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
