/** An answer of BTCPay Server that is not 200: a code and a message, or a list of what is wrong with the request. */
export class Refusal extends Error {
  readonly status: number
  readonly body: { code: string; message: string } | { path: string; message: string }[]
  constructor(status: number, body: Refusal['body']) {
    super(JSON.stringify(body))
    this.status = status
    this.body = body
  }
}

export function notFound(what: 'invoice' | 'store' | 'pullpayment'): Refusal {
  return new Refusal(404, { code: `${what}-not-found`, message: `The ${what} was not found` })
}
