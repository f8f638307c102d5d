import { Button } from '../parts/button.tsx'
import { Field } from '../parts/field.tsx'
import { Switch } from '../parts/switch.tsx'
import { currency } from '../session/shop.ts'
import { type Faults, type MethodDraft, newMethod } from './settings-draft.ts'

const MOST = 20

interface DeliveryFieldsProps {
  methods: MethodDraft[]
  faults: Faults
  onChange: (methods: MethodDraft[]) => void
}

/** The ways of delivery. One that orders refer to is switched off rather than removed. */
export function DeliveryFields({ methods, faults, onChange }: DeliveryFieldsProps) {
  function change(at: number, next: Partial<MethodDraft>): void {
    onChange(methods.map((method, i) => (i === at ? { ...method, ...next } : method)))
  }
  return (
    <section class="section">
      <h2>Delivery</h2>
      <div class="card">
        {methods.map((method, i) => (
          <MethodFields
            key={i}
            method={method}
            nameFault={faults[`method.${i}.name`]}
            priceFault={faults[`method.${i}.price`]}
            onChange={(next) => change(i, next)}
            onRemove={() => onChange(methods.filter((_, at) => at !== i))}
          />
        ))}
      </div>
      {faults.methods && (
        <p class="field-error setting-fault small" role="alert">
          {faults.methods}
        </p>
      )}
      {methods.length < MOST && (
        <Button icon="plus" onPress={() => onChange([...methods, newMethod()])}>
          Add a way of delivery
        </Button>
      )}
    </section>
  )
}

interface MethodFieldsProps {
  method: MethodDraft
  nameFault: string | undefined
  priceFault: string | undefined
  onChange: (next: Partial<MethodDraft>) => void
  onRemove: () => void
}

function MethodFields({ method, nameFault, priceFault, onChange, onRemove }: MethodFieldsProps) {
  return (
    <div class="setting">
      <div class="setting-fields">
        <Field
          label="Name"
          value={method.name}
          error={nameFault}
          maxLength={60}
          placeholder="Courier"
          onInput={(name) => onChange({ name })}
        />
        <Field
          label={`Price, ${currency()}`}
          keys="decimal"
          value={method.price}
          error={priceFault}
          placeholder="0"
          onInput={(price) => onChange({ price })}
        />
      </div>
      <Switch
        label="Asks for an address"
        on={method.needsAddress}
        onChange={(needsAddress) => onChange({ needsAddress })}
      />
      {method.id === null ? (
        <Button kind="danger" icon="close" onPress={onRemove}>
          Remove
        </Button>
      ) : (
        <Switch label="Offered to customers" on={method.active} onChange={(active) => onChange({ active })} />
      )}
    </div>
  )
}
