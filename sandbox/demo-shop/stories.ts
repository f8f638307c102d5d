import type { PaymentMethod } from '../../src/db/schema.ts'

/** How an order's story ends, as far as it has come. */
export type Ending =
  | 'unpaid'
  | 'placed'
  | 'accepted'
  | 'packing'
  | 'dispatched'
  | 'delivered'
  | 'cancelled by customer'
  | 'cancelled by shop'
  | 'expired'
  | 'paid late'

export interface Story {
  /** Hours before the demo starts. */
  hoursAgo: number
  /** The customer's Telegram id. */
  by: number
  /** SKUs and how many of each. */
  lines: [sku: string, quantity: number][]
  delivery: 'pickup' | 'courier' | 'express'
  payment: PaymentMethod
  ending: Ending
  note?: string
  review?: [rating: number, words?: string]
  /** Accepted too soon, taken back, and accepted again. */
  undone?: boolean
  /** A discount code, given at the checkout. */
  code?: string
  /** What happens to its money besides. */
  money?: 'part paid' | 'paid twice' | 'one given back' | 'given back'
}

const [CASH, BANK, CARD] = ['cash_on_delivery', 'bank_transfer', 'telegram'] as const

/** Forty-four orders of the last thirty days, oldest first. */
export const STORIES: Story[] = [
  tell(716, 501, 'COF-BELL-250*2', 'courier', BANK, 'delivered', {
    review: [5, 'Smelled it through the box. Already ordering again.'],
  }),
  tell(702, 504, 'PLA-SNA-45', 'pickup', CASH, 'delivered'),
  tell(690, 509, 'CER-MUG-SEA*2 COF-HUI-B', 'courier', BANK, 'delivered', {
    review: [5, 'The glaze is even bluer than in the picture.'],
  }),
  tell(668, 502, 'CHO-SALT-70*4', 'pickup', CASH, 'delivered'),
  tell(645, 507, 'HOM-CAN-FIG CER-VASE-18', 'express', BANK, 'delivered', {
    note: 'A present: please no bill in the parcel.',
    review: [4, 'Lovely vase, the candle could smell a little stronger.'],
  }),
  tell(622, 512, 'COF-OWL-250*2', 'courier', BANK, 'expired'),
  tell(598, 503, 'PLA-MON-L', 'courier', BANK, 'delivered', {
    note: 'Third floor, no lift. Sorry!',
    review: [5],
  }),
  tell(575, 510, 'COF-BELL-1000', 'pickup', CASH, 'delivered'),
  tell(552, 505, 'CER-ESP-2 COF-BELL-250', 'courier', BANK, 'delivered'),
  tell(530, 501, 'COF-BELL-250 CHO-SALT-70*2', 'courier', BANK, 'delivered', { undone: true }),
  tell(506, 511, 'HOM-LIN-3', 'courier', CASH, 'cancelled by customer'),
  tell(483, 506, 'HOM-KET-09 CER-DRIP-02', 'express', BANK, 'delivered', {
    review: [5, 'Fast, and packed as if it were glass.'],
  }),
  tell(458, 504, 'TEA-VERB-40*2 COF-OWL-250', 'courier', CASH, 'delivered'),
  tell(436, 509, 'PLA-CAC-3', 'pickup', CASH, 'delivered', { review: [4] }),
  tell(410, 502, 'CER-BOWL-16*2', 'courier', BANK, 'delivered'),
  tell(388, 507, 'COF-HUI-F*2', 'courier', BANK, 'paid late', { money: 'given back' }),
  tell(364, 503, 'CER-VASE-18*2', 'courier', BANK, 'cancelled by shop', { money: 'given back' }),
  tell(341, 510, 'PLA-OLI-60', 'express', CASH, 'delivered', {
    note: 'Please ring twice.',
    review: [5, 'Eleven olives? I counted thirteen.'],
  }),
  tell(318, 512, 'HOM-WAT-12 PLA-SNA-45', 'courier', CASH, 'delivered'),
  tell(292, 501, 'COF-BELL-250*2 TEA-VERB-40', 'courier', BANK, 'delivered'),
  tell(268, 505, 'CER-MUG-SAN*2', 'pickup', BANK, 'delivered', {
    review: [3, 'Good mugs. The sand one is paler than I thought.'],
  }),
  tell(245, 511, 'HOM-CAN-FIG*2', 'courier', BANK, 'delivered'),
  tell(221, 506, 'COF-HUI-B*2 CHO-SALT-70*3', 'express', BANK, 'delivered'),
  tell(197, 509, 'HOM-LIN-3 CER-BOWL-16', 'courier', BANK, 'delivered', { review: [5] }),
  tell(172, 504, 'PLA-MON-S*2', 'courier', CASH, 'delivered'),
  tell(150, 508, 'COF-BELL-1000 CHO-SALT-70', 'courier', CASH, 'delivered'),
  tell(126, 502, 'CER-MUG-INK', 'courier', BANK, 'expired'),
  tell(103, 507, 'COF-OWL-250 TEA-VERB-40', 'courier', CASH, 'cancelled by customer'),
  tell(80, 510, 'HOM-KET-09', 'express', BANK, 'dispatched'),
  tell(62, 505, 'COF-OWL-250 TEA-VERB-40', 'courier', BANK, 'paid late'),
  tell(58, 512, 'CER-MUG-SAN*2', 'express', CARD, 'delivered', {
    code: 'WELCOME10',
    money: 'one given back',
  }),
  tell(56, 503, 'CER-ESP-2 COF-BELL-250*2', 'courier', BANK, 'dispatched'),
  tell(49, 512, 'PLA-CAC-3 PLA-SNA-45', 'courier', CASH, 'dispatched'),
  tell(32, 501, 'COF-HUI-B CER-DRIP-02', 'pickup', BANK, 'dispatched'),
  tell(28, 505, 'HOM-WAT-12', 'courier', BANK, 'packing', {
    note: 'Can you add a card? “Happy new balcony, Theo.”',
  }),
  tell(25, 511, 'CER-MUG-SEA CER-MUG-SAN COF-BELL-250', 'express', BANK, 'packing'),
  tell(21, 504, 'COF-BELL-1000', 'courier', CASH, 'accepted'),
  tell(19, 506, 'PLA-OLI-60', 'courier', BANK, 'accepted', { note: 'Deliver after 6 pm, please.' }),
  tell(14, 502, 'CER-MUG-INK*2 HOM-CAN-FIG', 'courier', BANK, 'unpaid'),
  tell(9, 510, 'HOM-CAN-FIG CHO-SALT-70', 'courier', BANK, 'accepted', { money: 'paid twice' }),
  tell(6, 511, 'HOM-KET-09', 'courier', BANK, 'unpaid', { money: 'part paid' }),
  tell(3, 509, 'COF-HUI-B*2 CHO-SALT-70*2', 'express', CASH, 'placed'),
  tell(1.6, 510, 'PLA-MON-S', 'pickup', CASH, 'placed', { note: 'I can come by before noon.' }),
  tell(0.4, 507, 'HOM-LIN-3 TEA-VERB-40', 'courier', BANK, 'unpaid'),
]

function tell(
  hoursAgo: number,
  by: number,
  goods: string,
  delivery: Story['delivery'],
  payment: PaymentMethod,
  ending: Ending,
  more: Omit<Story, 'hoursAgo' | 'by' | 'lines' | 'delivery' | 'payment' | 'ending'> = {},
): Story {
  const lines = goods.split(' ').map((item): [string, number] => {
    const [sku = '', quantity = '1'] = item.split('*')
    return [sku, Number(quantity)]
  })
  return { hoursAgo, by, lines, delivery, payment, ending, ...more }
}
