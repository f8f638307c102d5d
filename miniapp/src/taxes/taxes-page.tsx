import { useEffect, useState } from 'preact/hooks'
import type { TaxRateBody } from '../../../src/http/contract/money.ts'
import { fetchTaxRates } from '../api/prices.ts'
import { sentenceOf } from '../api/request.ts'
import { Broken } from '../parts/notice.tsx'
import { RowSkeletons } from '../parts/skeleton.tsx'
import { PageHead } from '../shell/page-head.tsx'
import { TaxesForm } from './taxes-form.tsx'

/** The tax rates of the shop's goods. */
export function TaxesPage() {
  const [rates, setRates] = useState<TaxRateBody[]>()
  const [problem, setProblem] = useState<string>()

  async function load(): Promise<void> {
    setProblem(undefined)
    try {
      setRates((await fetchTaxRates()).rates)
    } catch (error) {
      setProblem(sentenceOf(error))
    }
  }
  useEffect(() => void load(), [])

  if (rates) return <TaxesForm rates={rates} onSaved={setRates} />
  return (
    <div class="page more-page">
      <PageHead title="Tax rates" parent="/app/more" />
      {problem ? <Broken message={problem} onRetry={() => void load()} /> : <RowSkeletons count={3} />}
    </div>
  )
}
