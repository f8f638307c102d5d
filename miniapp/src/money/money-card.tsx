import { useState } from 'preact/hooks'
import type { OrderDetail } from '../../../src/http/contract/order.ts'
import { waiveRest } from '../api/money.ts'
import { Button } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { timezone } from '../session/shop.ts'
import { clockTime } from '../time/relative-time.ts'
import { everyMinute } from '../time/shop-clock.ts'
import { EntryLine } from './entry-line.tsx'
import { methodOf } from './ledger-words.ts'
import { formatMoney } from './money.ts'
import { ProofLine } from './proof-line.tsx'
import { ReasonSheet } from './reason-sheet.tsx'
import { RecordSheet } from './record-sheet.tsx'
import { RefundSheet } from './refund-sheet.tsx'
import { RequestLine } from './request-line.tsx'
import './money-card.css'

type Open = 'record' | 'refund' | 'waive' | undefined

/** How an order is paid, what has come and gone, and what can be done about it. */
export function MoneyCard({ order }: { order: OrderDetail }) {
  const [open, setOpen] = useState<Open>()
  const { entries, proofs, requests, receiptUrl } = order.money
  const asked = requests.filter(({ state }) => state !== 'paid' && state !== 'over')
  const close = () => setOpen(undefined)
  return (
    <section class="section" data-money={order.payment}>
      <h2>Money</h2>
      <div class="card">
        <div class="line">
          <Icon name="card" />
          <div class="line-words money-method">
            <p>{methodOf(order)}</p>
            {order.stage === 'unpaid' && order.expiresAt && <Expiry at={order.expiresAt} />}
          </div>
        </div>
        <Sums order={order} />
        <ul>
          {proofs.map((proof) => (
            <ProofLine key={proof.id} proof={proof} order={order} />
          ))}
          {asked.map((request) => (
            <RequestLine key={request.id} request={request} />
          ))}
          {entries.map((entry) => (
            <EntryLine key={entry.id} entry={entry} />
          ))}
        </ul>
        {receiptUrl && (
          <a class="line" href={receiptUrl} target="_blank" rel="noreferrer">
            <Icon name="note" />
            <span class="line-words">Receipt for the customer</span>
            <Icon name="next" />
          </a>
        )}
        <Deeds order={order} onOpen={setOpen} />
      </div>
      {open === 'record' && <RecordSheet order={order} onClose={close} />}
      {open === 'refund' && <RefundSheet order={order} onClose={close} />}
      {open === 'waive' && <WaiveSheet order={order} onClose={close} />}
    </section>
  )
}

function Expiry({ at }: { at: number }) {
  return <p class="small hint">Time to pay until {clockTime(at, everyMinute(), timezone())}</p>
}

function Sums({ order }: { order: OrderDetail }) {
  const { chargedMinor, refundedMinor, waivedMinor, dueMinor } = order.money
  const isOpen = order.stage !== 'cancelled'
  const rows: [string, number, boolean][] = [
    ['Total', order.totalMinor, true],
    ['Paid', chargedMinor, true],
    ['Done without', waivedMinor, waivedMinor > 0],
    ['Given back', -refundedMinor, refundedMinor > 0],
    ['Still due', dueMinor, isOpen && dueMinor > 0],
  ]
  return (
    <dl class="money-sums">
      {rows.map(
        ([word, minor, isShown]) =>
          isShown && (
            <div class={word === 'Still due' ? 'pair strong' : 'pair'} key={word}>
              <dt class={word === 'Still due' ? '' : 'hint'}>{word}</dt>
              <dd data-sum={word}>{formatMoney(minor, order.currency).replace('-', '−')}</dd>
            </div>
          ),
      )}
    </dl>
  )
}

function Deeds({ order, onOpen }: { order: OrderDetail; onOpen: (open: Open) => void }) {
  const { mayRecord, mayRefund, mayWaive } = order.money
  if (!mayRecord && !mayRefund && !mayWaive) return null
  return (
    <div class="money-deeds">
      {mayRecord && (
        <Button icon="plus" onPress={() => onOpen('record')}>
          Record money
        </Button>
      )}
      {mayRefund && (
        <Button icon="undo" onPress={() => onOpen('refund')}>
          Give back
        </Button>
      )}
      {mayWaive && <Button onPress={() => onOpen('waive')}>Do without the rest</Button>}
    </div>
  )
}

function WaiveSheet({ order, onClose }: { order: OrderDetail; onClose: () => void }) {
  const { number, version, currency } = order
  const rest = formatMoney(order.money.dueMinor, currency)
  return (
    <ReasonSheet
      number={number}
      title={`Do without ${rest}`}
      about={`#${number} then counts as paid, although ${rest} never came. The customer is told that nothing more is to be paid.`}
      label="Reason (only staff read it)"
      placeholder="For example: bank fees were taken off"
      draftKey={`waive.${number}`}
      button={{ word: `Do without ${rest}`, icon: 'check' }}
      ask={(reason, key) => waiveRest(number, { version, ...(reason && { reason }) }, key)}
      done={`#${number} counts as paid.`}
      onClose={onClose}
    />
  )
}
