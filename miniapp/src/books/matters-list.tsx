import type { LedgerEntry, MoneyMatters } from '../../../src/http/contract/money.ts'
import { EntryLine } from '../money/entry-line.tsx'
import { MatterBanner } from '../money/matter-banner.tsx'
import { isMatter } from '../money/matter-choices.ts'
import { UndecidedBanner } from '../money/undecided-banner.tsx'
import { Icon } from '../parts/icon.tsx'
import { Ago } from '../parts/when.tsx'

interface MattersListProps {
  matters: MoneyMatters
  onChanged: () => void
}

/** What waits for a person: money to decide about, refunds to make by hand, receipts to look at. */
export function MattersList({ matters, onChanged }: MattersListProps) {
  const { entries, orders, proofs, underWay } = matters
  const toDo = entries.filter((entry) => !isMatter(entry))
  const isSettled = entries.length + orders.length + proofs.length === 0
  return (
    <>
      {isSettled && <AllSettled />}
      {entries.filter(isMatter).map((entry) => (
        <MatterBanner key={entry.id} entry={entry} showOrder onChanged={onChanged} />
      ))}
      {orders.map((order) => (
        <UndecidedBanner
          key={order.orderNumber}
          number={order.orderNumber}
          customerName={order.customerName}
          amountMinor={order.amountMinor}
          currency={order.currency}
          actions={order.actions}
          onChanged={onChanged}
        />
      ))}
      {toDo.length > 0 && <Refunds title="To be given back" entries={toDo} onChanged={onChanged} />}
      {proofs.length > 0 && <Receipts proofs={proofs} />}
      {underWay.length > 0 && <Refunds title="On its way back" entries={underWay} onChanged={onChanged} />}
    </>
  )
}

function AllSettled() {
  return (
    <div class="card">
      <p class="line hint">
        <Icon name="check" />
        <span>No money waits for anybody. What came twice, late or not as asked for would be here.</span>
      </p>
    </div>
  )
}

interface RefundsProps {
  title: string
  entries: LedgerEntry[]
  onChanged: () => void
}

function Refunds({ title, entries, onChanged }: RefundsProps) {
  return (
    <section class="section">
      <h2>{title}</h2>
      <ul class="card">
        {entries.map((entry) => (
          <EntryLine key={entry.id} entry={entry} showOrder onChanged={onChanged} />
        ))}
      </ul>
    </section>
  )
}

function Receipts({ proofs }: { proofs: MoneyMatters['proofs'] }) {
  return (
    <section class="section">
      <h2>Receipts to look at</h2>
      <ul class="card">
        {proofs.map((proof) => (
          <li key={proof.id}>
            <a class="line" href={`/app/orders/${proof.orderNumber}`} data-waiting-proof={proof.id}>
              <Icon name={proof.kind === 'pdf' ? 'note' : 'photo'} />
              <span class="line-words">
                <span class="strong wrap">{proof.customerName}</span>
                <span class="small hint">
                  Order #{proof.orderNumber} · <Ago at={proof.sentAt} />
                </span>
              </span>
              <Icon name="next" />
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}
