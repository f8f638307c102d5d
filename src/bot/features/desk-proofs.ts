import { Composer, InputFile } from 'grammy'
import { findOrder, type OrderRow } from '../../db/orders.ts'
import { findProof, type PaymentProofRow } from '../../db/payment-proofs.ts'
import { ShopError } from '../../lib/shop-error.ts'
import { escapeHtml } from '../../lib/texts.ts'
import { approveProof, checkWaiting } from '../../shop/payments/approve-proof.ts'
import { moneyOf } from '../../shop/payments/order-money.ts'
import { dueOf } from '../../shop/payments/payment-state.ts'
import { readProofFile } from '../../shop/payments/proof-files.ts'
import { rejectProof } from '../../shop/payments/reject-proof.ts'
import { requireDesk } from '../../shop/payments/require-desk.ts'
import { askElsewhere } from '../ask-elsewhere.ts'
import { callbackData, numbersOf } from '../callback-data.ts'
import { type ShopContext, staffActor } from '../context.ts'
import { button, type Keyboard } from '../keyboard.ts'
import { isUnreachable } from '../telegram-errors.ts'
import { label, money, paragraphs, plain, say } from '../words.ts'
import { amountIn, askWhetherSure, isFarTooMuch, noAmount } from './desk-payments.ts'
import { settleAtDesk } from './settle-at-desk.ts'

/** Staff look at receipts of bank transfers, and say how much of the money is here, or why it is none. */
export const deskProofs = new Composer<ShopContext>()

interface Receipt {
  proof: PaymentProofRow
  order: OrderRow
}

deskProofs.callbackQuery(/^pf:(\d{1,15}):(show|approve|reject)$/, async (ctx) => {
  const receipt = findReceipt(ctx, Number(ctx.match[1]))
  const actor = staffActor(ctx)
  if (!actor) return refuse(ctx, plain(ctx, 'desk-staff-only'))
  if (!receipt) return refuse(ctx, plain(ctx, 'desk-receipt-unknown'))
  if (ctx.match[2] === 'show') return sendFile(ctx, receipt)
  try {
    requireDesk(actor)
    checkWaiting(ctx.shop.db, receipt.proof)
  } catch (error) {
    if (!(error instanceof ShopError)) throw error
    return refuse(ctx, error.message)
  }
  await (ctx.match[2] === 'approve' ? askAmount(ctx, receipt) : askReason(ctx, receipt))
})

deskProofs.callbackQuery(/^pa:(\d{1,15}):(\d{1,13})$/, async (ctx) => {
  const [proofId = 0, amountMinor = 0] = numbersOf(ctx.match)
  const receipt = findReceipt(ctx, proofId)
  if (receipt && amountMinor > 0) await approve(ctx, receipt, amountMinor)
})

/** Takes a message as how much of a receipt's money is here. */
export async function answerProofAmount(ctx: ShopContext, { proofId }: { proofId: number }): Promise<void> {
  const receipt = findReceipt(ctx, proofId)
  if (!receipt) return
  const amountMinor = amountIn(ctx, receipt.order.currency)
  if (!amountMinor) return askAmount(ctx, receipt, noAmount(ctx, receipt.order))
  const { order } = receipt
  if (!isFarTooMuch(order, amountMinor)) return approve(ctx, receipt, amountMinor)
  const yes = callbackData.approveProof(proofId, amountMinor)
  await askWhetherSure(ctx, { order, amountMinor, yes }, { kind: 'proof_amount', proofId })
}

/** Takes a message as why a receipt is refused. */
export async function answerProofReason(ctx: ShopContext, { proofId }: { proofId: number }): Promise<void> {
  const receipt = findReceipt(ctx, proofId)
  const reason = ctx.message?.text
  if (!receipt) return
  if (!reason) return askReason(ctx, receipt, plain(ctx, 'checkout-words'))
  const orderId = receipt.order.id
  const done = say(ctx, 'desk-proof-rejected', { number: String(orderId) })
  await settleAtDesk(ctx, done, (work, actor) => rejectProof(work, { orderId, proofId, reason, actor }))
}

async function askAmount(ctx: ShopContext, { proof, order }: Receipt, trouble?: string): Promise<void> {
  const dueMinor = dueOf(moneyOf(order))
  const due = money(ctx, dueMinor, order.currency)
  const html = paragraphs(
    trouble && `⚠️ ${escapeHtml(trouble)}`,
    say(ctx, 'desk-proof-amount', { number: String(order.id), due }),
  )
  const all = button(label(ctx, 'desk-all-here', { due }), callbackData.approveProof(proof.id, dueMinor))
  const keyboard: Keyboard = [...(dueMinor > 0 ? [[all]] : []), notNow(ctx)]
  await askElsewhere(ctx, { kind: 'proof_amount', proofId: proof.id }, { html, keyboard })
}

async function askReason(ctx: ShopContext, { proof, order }: Receipt, trouble?: string): Promise<void> {
  const html = paragraphs(
    trouble && `⚠️ ${escapeHtml(trouble)}`,
    say(ctx, 'desk-proof-reason', { number: String(order.id) }),
  )
  await askElsewhere(ctx, { kind: 'proof_reason', proofId: proof.id }, { html, keyboard: [notNow(ctx)] })
}

async function approve(ctx: ShopContext, { proof, order }: Receipt, amountMinor: number): Promise<void> {
  const amount = money(ctx, amountMinor, order.currency)
  const done = say(ctx, 'desk-noted', { amount, number: String(order.id) })
  const command = { orderId: order.id, proofId: proof.id, amountMinor }
  await settleAtDesk(ctx, done, (work, actor) => approveProof(work, { ...command, actor }))
}

/** Sends the receipt to whoever wants to see it, in their own chat; it cannot be passed on from there. */
async function sendFile(ctx: ShopContext, { proof, order }: Receipt): Promise<void> {
  const to = ctx.person.telegram_id
  const bytes = await readProofFile(ctx.deps.proofsFolder, proof.file)
  const caption = plain(ctx, 'desk-receipt', { number: String(order.id), customer: order.customer_name })
  const file = new InputFile(bytes, `receipt-${order.id}-${proof.id}.${proof.kind === 'pdf' ? 'pdf' : 'jpg'}`)
  const options = { caption, protect_content: true }
  try {
    await (proof.kind === 'pdf'
      ? ctx.api.sendDocument(to, file, options)
      : ctx.api.sendPhoto(to, file, options))
    if (ctx.chat?.type !== 'private') ctx.toast = { text: plain(ctx, 'desk-receipt-sent'), alert: false }
  } catch (error) {
    if (!isUnreachable(error) || ctx.chat?.type === 'private') throw error
    ctx.toast = { text: plain(ctx, 'group-start-first'), alert: true }
  }
}

function findReceipt(ctx: ShopContext, proofId: number): Receipt | undefined {
  const proof = findProof(ctx.shop.db, proofId)
  const order = proof && findOrder(ctx.shop.db, proof.order_id)
  return order && { proof, order }
}

function notNow(ctx: ShopContext) {
  return [button(label(ctx, 'desk-not-now'), callbackData.home)]
}

function refuse(ctx: ShopContext, text: string): void {
  ctx.toast = { text, alert: true }
}
