/** Asked for in every call: left out, Telegram goes on with whatever was asked for before. */
export const ALLOWED_UPDATES = [
  'message',
  'edited_message',
  'callback_query',
  'pre_checkout_query',
  'shipping_query',
  'my_chat_member',
] as const
