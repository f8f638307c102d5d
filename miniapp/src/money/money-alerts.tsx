import type { OrderDetail } from '../../../src/http/contract/order.ts'
import { me } from '../session/shop.ts'
import { MatterBanner } from './matter-banner.tsx'
import { isMatter } from './matter-choices.ts'
import { UndecidedBanner } from './undecided-banner.tsx'

/** What must be decided about an order's money, in front of everything else. */
export function MoneyAlerts({ order }: { order: OrderDetail }) {
  const { entries, undecidedMinor } = order.money
  return (
    <>
      {entries.filter(isMatter).map((entry) => (
        <MatterBanner key={entry.id} entry={entry} />
      ))}
      {undecidedMinor > 0 && me().role !== 'packer' && (
        <UndecidedBanner
          number={order.number}
          amountMinor={undecidedMinor}
          currency={order.currency}
          actions={['refund', 'keep']}
        />
      )}
    </>
  )
}

// As the shop marks an order whose money waits.
const MONEY_WAITS = 'Money waits for a decision'

/** Whether the order's mark says nothing that is not said, with its choices, by what stands below it. */
export function isMarkForMoney({ needsReview, money }: OrderDetail): boolean {
  const isShown = money.entries.some(isMatter) || (money.undecidedMinor > 0 && me().role !== 'packer')
  return needsReview === MONEY_WAITS && isShown
}

/** Whether somebody has to do something with this order's money now. */
export function moneyWaits({ money }: OrderDetail): boolean {
  return (
    money.proofs.some(({ state }) => state === 'waiting') ||
    money.entries.some(({ state }) => state === 'by_hand' || state === 'failed')
  )
}
