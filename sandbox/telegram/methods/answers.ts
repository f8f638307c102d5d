import type { Params } from '../params.ts'
import type { CheckoutAnswer } from '../queries.ts'
import { badRequest } from '../refusal.ts'
import type { Sandbox } from '../sandbox.ts'
import type { Methods } from './method.ts'

export const answerMethods: Methods = { answerCallbackQuery, answerPreCheckoutQuery, answerShippingQuery }

function answerCallbackQuery(sandbox: Sandbox, params: Params): true {
  const text = params.text('text')
  const url = params.text('url')
  if (text && text.length > 200) throw badRequest('MESSAGE_TOO_LONG')
  sandbox.queries.answer('callback', params.text('callback_query_id') ?? '', {
    alert: params.flag('show_alert'),
    ...(text ? { text } : {}),
    ...(url ? { url } : {}),
  })
  return true
}

function answerPreCheckoutQuery(sandbox: Sandbox, params: Params): true {
  sandbox.queries.answer('checkout', params.text('pre_checkout_query_id') ?? '', readVerdict(params))
  return true
}

function answerShippingQuery(sandbox: Sandbox, params: Params): true {
  const verdict = readVerdict(params)
  const options = params.json('shipping_options') as CheckoutAnswer['shippingOptions']
  if (verdict.ok && !options?.length) throw badRequest('shipping options are not specified')
  sandbox.queries.answer('shipping', params.text('shipping_query_id') ?? '', {
    ...verdict,
    ...(options ? { shippingOptions: options } : {}),
  })
  return true
}

function readVerdict(params: Params): CheckoutAnswer {
  if (params.flag('ok')) return { ok: true }
  return { ok: false, error: params.requiredText('error_message') }
}
