import { useState } from 'preact/hooks'
import { Refusal } from '../api/http.ts'
import { saveVariant, type Variant } from '../api/products.ts'
import { sentenceOf } from '../api/request.ts'
import { amountHint, parseMoney, plainMoney } from '../money/money.ts'
import { Button } from '../parts/button.tsx'
import { useDraft } from '../parts/draft.ts'
import { Field } from '../parts/field.tsx'
import { currency } from '../session/shop.ts'
import { haptic } from '../telegram/telegram.ts'
import { loadProducts, showVariant } from './product-list.ts'

interface VariantFormProps {
  variant: Variant
  alone: boolean
  onClose: () => void
}

interface Typed {
  price: string
  stock: string
  /** The stock the person was looking at when they began to type. */
  seen: number
}

interface Faults {
  price?: string | undefined
  stock?: string | undefined
}

/** Price and stock of a variant, as they are being changed. */
export function VariantForm({ variant, alone, onClose }: VariantFormProps) {
  const draft = useDraft<Typed>(`variant.${variant.id}`)
  const [faults, setFaults] = useState<Faults>({})
  const [busy, setBusy] = useState(false)
  const typed = draft.value ?? startingFrom(variant)

  function change(next: Partial<Typed>): void {
    setFaults({})
    draft.keep({ ...typed, ...next })
  }

  function close(): void {
    draft.drop()
    onClose()
  }

  async function save(): Promise<void> {
    const read = readTyped(typed)
    if ('faults' in read) return setFaults(read.faults)
    setBusy(true)
    try {
      showVariant(await saveVariant(variant.id, { ...read.values, seenAvailable: typed.seen }))
      haptic('success')
      close()
    } catch (error) {
      // Who reads that it has changed sees what it is now, and types over that.
      if (isConflict(error)) await loadProducts()
      setFaults(faultsOf(error))
    }
    setBusy(false)
  }

  // Something was sold while the form was open: saving would put it back on the shelf.
  const moved = variant.available !== typed.seen
  return (
    <li class="variant-form">
      {!alone && <p class="strong wrap">{variant.title}</p>}
      <div class="variant-fields">
        <Field
          label={`Price, ${currency()}`}
          keys="decimal"
          value={typed.price}
          error={faults.price}
          onInput={(price) => change({ price })}
          onEnter={() => void save()}
        />
        <Field
          label="In stock"
          keys="numeric"
          value={typed.stock}
          error={faults.stock}
          hint={moved && `${variant.available} now`}
          onInput={(stock) => change({ stock, seen: variant.available })}
          onEnter={() => void save()}
        />
      </div>
      <div class="variant-buttons">
        <Button onPress={close}>Cancel</Button>
        <Button kind="main" busy={busy} onPress={() => void save()}>
          Save
        </Button>
      </div>
    </li>
  )
}

function startingFrom(variant: Variant): Typed {
  return {
    price: plainMoney(variant.priceMinor, currency()),
    stock: String(variant.available),
    seen: variant.available,
  }
}

function readTyped(typed: Typed): { values: { priceMinor: number; available: number } } | { faults: Faults } {
  const priceMinor = parseMoney(typed.price, currency())
  const available = /^\d{1,7}$/.test(typed.stock.trim()) ? Number(typed.stock) : undefined
  if (priceMinor !== undefined && available !== undefined) return { values: { priceMinor, available } }
  return {
    faults: {
      price: priceMinor === undefined ? amountHint(1250, currency()) : undefined,
      stock: available === undefined ? 'A whole number, 0 or more' : undefined,
    },
  }
}

function faultsOf(error: unknown): Faults {
  const aboutPrice = error instanceof Refusal && error.problem.field === 'priceMinor'
  return aboutPrice ? { price: error.message } : { stock: sentenceOf(error) }
}

function isConflict(error: unknown): boolean {
  return error instanceof Refusal && error.status === 409
}
