import { useEffect, useState } from 'preact/hooks'
import type { TaxRates } from '../../../src/http/contract/money.ts'
import type { Product } from '../../../src/http/contract/product.ts'
import { fetchTaxRates } from '../api/prices.ts'
import { type ProductChange, saveProduct } from '../api/products.ts'
import { sentenceOf } from '../api/request.ts'
import { percentOf } from '../money/money.ts'
import { Sheet } from '../parts/sheet.tsx'
import { Bone } from '../parts/skeleton.tsx'
import { Switch } from '../parts/switch.tsx'
import { Choice } from '../staff/choice.tsx'
import { haptic } from '../telegram/telegram.ts'
import { showProduct } from './product-list.ts'

type Rate = TaxRates['rates'][number]

/** What decides how a product is delivered, paid and taxed; each change is saved at once. */
export function ProductSheet({ product, onClose }: { product: Product; onClose: () => void }) {
  const [rates, setRates] = useState<Rate[]>()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()

  useEffect(() => {
    fetchTaxRates().then(
      (answer) => setRates(answer.rates),
      (error: unknown) => setProblem(sentenceOf(error)),
    )
  }, [])

  async function save(change: ProductChange): Promise<void> {
    setBusy(true)
    setProblem(undefined)
    try {
      showProduct(await saveProduct(product.id, change))
      haptic('success')
    } catch (error) {
      haptic('error')
      setProblem(sentenceOf(error))
    }
    setBusy(false)
  }

  return (
    <Sheet title={product.title} onClose={onClose}>
      <div>
        <Switch
          label="Digital: nothing to send or fetch"
          on={product.digital}
          disabled={busy}
          onChange={(digital) => void save({ digital })}
        />
        <p class="small hint">
          Digital goods need no address. They alone can be paid with Stars, and Telegram takes no cards for
          them.
        </p>
      </div>
      <div class="field">
        <p class="small hint">Tax</p>
        {rates ? (
          <Choice
            label="Tax rate"
            options={optionsOf(rates, product)}
            chosen={product.taxRateId}
            disabled={busy}
            onChoose={(taxRateId) => void save({ taxRateId })}
          />
        ) : (
          !problem && <Bone width="full" tall />
        )}
      </div>
      {problem && (
        <p class="field-error small" role="alert">
          {problem}
        </p>
      )}
    </Sheet>
  )
}

/** The usual rate first; of those switched off only the one the product still names. */
function optionsOf(rates: Rate[], product: Product) {
  const usual = rates.find((rate) => rate.usual && rate.active)
  const others = rates.filter((rate) => rate.active || rate.id === product.taxRateId)
  return [
    {
      value: null as number | null,
      word: 'The usual rate',
      hint: usual ? `${usual.name}, ${percentOf(usual.basisPoints)}` : 'None is set: no tax is shown',
    },
    ...others.map((rate) => ({
      value: rate.id as number | null,
      word: rate.name,
      hint: `${percentOf(rate.basisPoints)}, ${rate.included ? 'included' : 'on top'}`,
    })),
  ]
}
