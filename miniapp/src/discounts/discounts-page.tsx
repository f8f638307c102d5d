import { useEffect, useState } from 'preact/hooks'
import { type DiscountCode, fetchDiscounts } from '../api/prices.ts'
import { sentenceOf } from '../api/request.ts'
import { StateLine } from '../money/state-line.tsx'
import { Button } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { Broken, Empty } from '../parts/notice.tsx'
import { RowSkeletons } from '../parts/skeleton.tsx'
import { currency, timezone } from '../session/shop.ts'
import { PageHead } from '../shell/page-head.tsx'
import { everyMinute } from '../time/shop-clock.ts'
import { DiscountSheet } from './discount-sheet.tsx'
import { limitsOf, runningState, worthOf } from './discount-words.ts'
import '../notices/notices-page.css'
import '../staff/staff.css'
import './discounts.css'

/** The shop's discount codes, and making new ones. */
export function DiscountsPage() {
  const [codes, setCodes] = useState<DiscountCode[]>()
  const [problem, setProblem] = useState<string>()
  const [open, setOpen] = useState<DiscountCode | 'new'>()

  async function load(): Promise<void> {
    setProblem(undefined)
    try {
      setCodes((await fetchDiscounts()).codes)
    } catch (error) {
      setProblem(sentenceOf(error))
    }
  }
  useEffect(() => void load(), [])

  return (
    <div class="page more-page staff-page">
      <PageHead title="Discount codes" parent="/app/more" />
      {codes ? (
        <Codes codes={codes} onOpen={setOpen} />
      ) : problem ? (
        <Broken message={problem} onRetry={() => void load()} />
      ) : (
        <RowSkeletons count={3} />
      )}
      {codes && (
        <div class="action-bar staff-bar">
          <Button kind="main" icon="plus" onPress={() => setOpen('new')}>
            Make a code
          </Button>
        </div>
      )}
      {open && (
        <DiscountSheet
          code={open === 'new' ? undefined : open}
          onSaved={setCodes}
          onClose={() => setOpen(undefined)}
        />
      )}
    </div>
  )
}

function Codes({ codes, onOpen }: { codes: DiscountCode[]; onOpen: (code: DiscountCode) => void }) {
  if (codes.length === 0) {
    return (
      <Empty icon="percent" title="No discount codes yet">
        Customers type a code before they confirm their order. It can take off a percentage or an amount, or
        make the delivery free.
      </Empty>
    )
  }
  return (
    <ul class="card discount-list">
      {codes.map((code) => (
        <li key={code.id}>
          <CodeLine code={code} onOpen={onOpen} />
        </li>
      ))}
    </ul>
  )
}

function CodeLine({ code, onOpen }: { code: DiscountCode; onOpen: (code: DiscountCode) => void }) {
  const limits = limitsOf(code, currency(), timezone())
  const state = runningState(code, everyMinute(), timezone())
  return (
    <button type="button" class="line staff-line discount" data-code={code.code} onClick={() => onOpen(code)}>
      <span class={`entry-icon tone-${state.tone}`}>
        <Icon name="percent" />
      </span>
      <span class="line-words">
        <span class="discount-code wrap">{code.code}</span>
        <span class="wrap">{worthOf(code, currency())}</span>
        <StateLine state={state} />
        {limits && <span class="small hint wrap">{limits}</span>}
      </span>
      <Icon name="next" />
    </button>
  )
}
