import type { StepName } from '../orders/machine.ts'

/** What a button of a notice does, in the shop's words; each channel turns it into its own form. */
export type NoticeButton =
  | { label: string; action: 'open_order'; orderId: number }
  | { label: string; action: 'rate'; orderId: number; rating: number }
  | { label: string; action: 'copy'; text: string }
  | { label: string; action: 'step'; orderId: number; version: number; step: StepName }
  | { label: string; action: 'undo'; orderId: number; version: number }
  | { label: string; action: 'snooze'; orderId: number; minutes: number }
  | { label: string; action: 'answer_customer'; orderId: number }
  | { label: string; action: 'write_to_shop'; orderId: number }
  | { label: string; action: 'open_panel'; path: string }
  | { label: string; action: 'open_link'; url: string }
  | { label: string; action: 'pay'; orderId: number }
  | { label: string; action: 'settle_matter'; entryId: number; decision: MatterDecision }
  | { label: string; action: 'settle_order'; orderId: number; decision: 'refund' | 'keep' }
  | { label: string; action: 'confirm_refund' | 'retry_refund' | 'refund_by_hand'; entryId: number }
  | { label: string; action: 'decide_proof'; proofId: number; decision: ProofDecision }
  | { label: string; action: 'send_receipt'; orderId: number }

/** What staff can do about a customer's receipt. */
export type ProofDecision = 'show' | 'approve' | 'reject'

/** What can become of money that fits no state of its order. */
export type MatterDecision = 'apply' | 'refund' | 'keep'

/** An invoice in Telegram's own form. */
export interface Invoice {
  title: string
  description: string
  /** Comes back with the payment; names the request it pays. */
  payload: string
  /** XTR for Stars, which need no provider. */
  currency: string
  amountMinor: number
  /** Where a forwarded copy leads instead of taking a stranger's money. */
  startParameter: string
}

/** A notice in words for Telegram. */
export interface NoticeMessage {
  /** Telegram HTML. */
  html: string
  buttons: NoticeButton[][]
  /** Arrives without a sound. */
  silent: boolean
  /** Sent as an invoice that Telegram itself takes the money for; the words are for where that is not possible. */
  invoice?: Invoice
  /** When the message will say too much (an undo that is over) and is to be drawn again, ms since 1970. */
  redrawAt?: number
}

/** A notice for a lock screen: nothing of the customer's beyond the order's number and size. */
export interface PushMessage {
  noticeId: number
  kind: string
  title: string
  body: string
  language: string
  /** Where a tap leads, below the panel: "/orders/1042". */
  path: string
  /** Notices with the same tag replace one another on the screen. */
  tag: string
  silent: boolean
  /** The step an order can take from the lock screen. */
  action?: { label: string; orderId: number; version: number; step: StepName } | undefined
  /** Open orders, for the badge on the panel's icon. */
  badge: number
  urgency: 'low' | 'normal' | 'high'
  /** How long a push service may keep it for a device that is away, in seconds. */
  ttlSeconds: number
}

/** A notice as a mail: the words of the chat, with a subject. */
export interface MailMessage {
  subject: string
  /** Telegram HTML: b, i, u, s, code, pre, a; line breaks are \n. */
  html: string
  language: string
  /** The name of the shop, as the sender. */
  shopName: string
  /** The order's number, by which mail programs keep its mails together; null for other mails. */
  orderId: number | null
}
