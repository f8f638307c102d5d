import { STEPS, type StepName } from '../shop/orders/machine.ts'

/**
 * What buttons carry: short ids and a version, never state (Telegram allows 64 bytes, and anybody can forge them,
 * so every handler authorises afresh). One letter names the handler.
 */
export const callbackData = {
  openOrder: (orderId: number) => `o:${orderId}`,
  rate: (orderId: number, rating: number) => `r:${orderId}:${rating}`,
  step: (orderId: number, version: number, step: StepName) => `s:${orderId}:${version}:${step}`,
  undo: (orderId: number, version: number) => `u:${orderId}:${version}`,
}

/** Whether a word from a button is the name of a step. */
export function isStepName(word: string | undefined): word is StepName {
  return word !== undefined && Object.hasOwn(STEPS, word)
}
