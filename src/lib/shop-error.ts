/** The few ways in which a person's wish can be refused. Each transport maps the code once. */
export type ShopErrorCode = 'invalid' | 'not_found' | 'conflict' | 'forbidden' | 'unauthorized' | 'busy'

/** An expected refusal: a machine code, and a sentence that can be shown to the person who asked. */
export class ShopError extends Error {
  override readonly name = 'ShopError'
  readonly code: ShopErrorCode
  readonly details: Record<string, unknown>

  constructor(code: ShopErrorCode, message: string, details: Record<string, unknown> = {}) {
    super(message)
    this.code = code
    this.details = details
  }
}
