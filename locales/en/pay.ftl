# Paying inside Telegram.
payment_request-title = Order #{ $number }

# What the payment sheet says when it must not be paid.
pay-refused-unknown = We do not know this invoice. Please open your order and ask for a new one.
pay-refused-not_yours = Order #{ $number } belongs to somebody else. Only they can pay it.
pay-refused-cancelled = Order #{ $number } was cancelled, and nothing is to be paid for it. Its goods are no longer set aside.
pay-refused-expired = The time to pay order #{ $number } is over, and its goods may be sold out. Please order again.
pay-refused-paid = Order #{ $number } is already paid. Nothing more is owed.
pay-refused-changed = This invoice no longer fits order #{ $number }. Please open the order and ask for a new one.
pay-refused-trouble = We cannot look up your order at the moment, and nothing was taken. Please try again in a minute.
pay-refused-shipping = This shop asks for the address in the chat. Please open your order there.

pay-button = Pay { $amount }
pay-on-its-way = The invoice is on its way.
pay-link-on-its-way = The link to pay is on its way.
pay-of-somebody = This invoice belongs to somebody else's order. Only they can pay it. You can have the same goods, though:
pay-other = Pay another way
pay-other-question = <b>Order #{ $number } · { $amount }</b>
    How would you like to pay instead? Your goods stay set aside.
pay-other-none = There is no other way to pay this order at the moment.
pay-other-done = You pay order #{ $number } this way now: { $way }.
