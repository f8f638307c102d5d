import type { StepName } from '../orders/machine.ts'

/** What a button of a notice does, in the shop's words; each channel turns it into its own form. */
export type NoticeButton =
  | { label: string; action: 'open_order'; orderId: number }
  | { label: string; action: 'rate'; orderId: number; rating: number }
  | { label: string; action: 'copy'; text: string }
  | { label: string; action: 'step'; orderId: number; version: number; step: StepName }
  | { label: string; action: 'undo'; orderId: number; version: number }
  | { label: string; action: 'open_panel'; orderId: number }

/** A notice in words, ready for a channel. */
export interface NoticeMessage {
  /** Telegram HTML. */
  html: string
  buttons: NoticeButton[][]
  /** Arrives without a sound. */
  silent: boolean
  /** When the message will say too much (an undo that is over) and is to be drawn again, ms since 1970. */
  redrawAt?: number
}
