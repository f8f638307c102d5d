# Money, as customers and staff read it.
part_payment_received = 💶 { $amount } arrived for order #{ $number }. { $due } is still to be paid.
payment_corrected = ⚠️ We had noted { $amount } for order #{ $number } by mistake. { $due } is still to be paid.
payment_request = 💳 Order #{ $number }: { $amount } to pay.
payment_request-btcpay = 🪙 Order #{ $number }: { $amount } to pay in Bitcoin.
    Please pay by { $time }: the price in Bitcoin holds until then.
payment_seen = 👀 Your payment for order #{ $number } is on its way. We tell you when it is safe with us.
payment_failed = ⚠️ The payment for order #{ $number } did not work. Nothing is lost: you can try again, or pay another way.
payment_part_seen = 👀 { $part } for order #{ $number } has been seen; { $amount } is still missing.
    Please pay the rest by { $time }, in the same place.
proof_rejected = ⚠️ The shop could not accept your receipt for order #{ $number }.
proof_rejected-reason = { $reason }
payment_in_review-paid_twice = 💶 { $amount } arrived for order #{ $number }, which was paid already, so it looks as if you paid twice. You need do nothing: the shop looks at it and gets back to you.
payment_in_review-too_little = 💶 { $amount } arrived for order #{ $number }. It is less than was to be paid, so the shop looks at it and gets back to you.
payment_in_review-too_much = 💶 You paid { $amount } more than was to be paid for order #{ $number }. The shop looks at it and gets back to you.
payment_in_review-wrong_currency = 💶 { $amount } arrived for order #{ $number }. It is in another currency than the order, so the shop looks at it and gets back to you.
payment_in_review-after_cancel = 💶 { $amount } arrived for order #{ $number }, which had been cancelled. The shop looks at it and gets back to you.
payment_in_review-after_expiry = 💶 { $amount } arrived for order #{ $number }, whose time to pay was over. The shop looks at it and gets back to you.
refund_started = ↩️ The shop gives you { $amount } back for order #{ $number }. We tell you when it is on its way.
refund_offered = ↩️ { $amount } for order #{ $number } is waiting for you. Tap to say where it should go.
unknown_money = 💶 { $amount } arrived from you, but we do not know for which order. The shop looks at it and gets back to you.
unknown_money_back = ↩️ Your { $amount } that came without an order is given back.
unknown_money_kept = The shop keeps the { $amount } that came from you without an order. Write to us if you have a question about it.
refund_called_off = ⚠️ The shop has called off giving you { $amount } back for order #{ $number }. Write to us if you have a question about it.
refund_done = ↩️ { $amount } for order #{ $number } is given back.
order_reopened = 👍 Order #{ $number } goes on after all. Thank you for your patience.

    { $progress }
rest_waived = 👍 The rest of order #{ $number } is on us: there is nothing more to pay.

    { $progress }
money_kept = The shop keeps { $amount } of what came for order #{ $number }. Write to us if you have a question about it.
button-write-to-shop = Write to the shop
button-pay = Pay { $amount }
button-claim = Claim the money

staff_money_matter = 💶 { $amount } needs a decision: { $trouble }.
staff_money_matter-settled = ✓ { $what } · decided by { $who }, { $time }
decided-apply = Counted for the order
decided-refund = To be given back
decided-keep = Kept
decided-money_kept = Kept
decided-refund_started = To be given back
decided-refunded = Paid back
decided-refund_retried = Tried again
decided-refund_by_hand = To be paid by hand
decided-refund_called_off = Called off
decided-payment_voided = Entered by mistake
staff_refund_by_hand = ↩️ Please give back { $amount } for order #{ $number } by hand ({ $way }), and say so here once it is done.
staff_refund_by_hand-no-order = ↩️ Please give back { $amount } by hand ({ $way }), and say so here once it is done.
staff_given_back = ↩️ { $amount } for order #{ $number } went back to the customer ({ $way }), and nobody had asked for it here.
staff_given_back-no-order = ↩️ { $amount } went back to the customer ({ $way }), and nobody had asked for it here.
way-cash = paid on delivery
way-transfer = bank transfer
way-telegram = card in Telegram
way-stars = Telegram Stars
way-btcpay = Bitcoin
staff_books_differ = 📒 The books do not agree: { $count ->
        [one] one difference
       *[other] { $count } differences
    }. Please look.
push_staff_money_matter = Money needs a decision
push_staff_money_matter-body = { $amount }
push_staff_books_differ = The books do not agree
push_staff_books_differ-body = { $count ->
        [one] One difference
       *[other] { $count } differences
    }
trouble-unknown_order = nobody knows for which order it is
trouble-wrong_currency = it is in another currency than order #{ $number }
trouble-after_cancel = order #{ $number } had been cancelled
trouble-after_expiry = order #{ $number } had expired
trouble-paid_twice = order #{ $number } was paid already
trouble-too_little = it is less than order #{ $number } costs
trouble-too_much = it is more than order #{ $number } costs
trouble-cancelled_paid = order #{ $number } was cancelled after money had come for it
trouble-refund_pass_on = nobody knows which customer it came from. It is ready to be claimed: please pass the link on to whoever paid
trouble-refund_unwatched = it was offered to the customer, and the way it goes is not set up here any more. Please look there whether it was claimed
trouble-refund_failed = the refund for order #{ $number } did not go through
button-matter-apply = Count it for the order
button-matter-reopen = Take the order after all
button-matter-refund = Give it back
button-matter-keep = Keep it
button-confirm_refund = It is given back
button-claim-link = The link to pass on
button-retry_refund = Try again
button-refund_by_hand = I give it back by hand
money-desk-apply = It counts for the order now.
money-desk-refund = It goes back to the customer.
money-desk-keep = The shop keeps it.
money-desk-confirm_refund = Noted. The customer hears that the money is back.
money-desk-retry_refund = We ask for the refund once more.
money-desk-refund_by_hand = Noted. Say so once the money is given back.
topic-money_matter = Money needs a decision
topic-money_matter-about = It came twice, late, or not as asked for
topic-books_differ = The books do not agree
topic-books_differ-about = The daily check found a difference

# What a price says beside its lines and its total.
price-discount = Code { $code } −{ $amount }
price-tax-included = incl. { $rate } % { $name } { $tax }
price-tax-added = plus { $rate } % { $name } { $tax }
price-tax-included-many = incl. tax { $tax }
price-tax-added-many = plus tax { $tax }

# The receipt, a page that customers open and print.
receipt-title = Receipt for order #{ $number }
receipt-placed = Ordered on { $date }
receipt-cancelled = This order was cancelled.
receipt-goods = What you ordered
receipt-each = { $price } each
receipt-discount = Discount with code { $code }
receipt-delivery = Delivery: { $name }
receipt-tax-included = { $name } { $rate } % in it, on { $net }
receipt-tax-added = plus { $name } { $rate } % on { $net }
receipt-total = Total
receipt-payments = Payments
receipt-way-cash = Paid on delivery
receipt-way-transfer = Bank transfer
receipt-way-telegram = Card in Telegram
receipt-way-stars = Telegram Stars
receipt-way-btcpay = Bitcoin
receipt-refund = Given back · { $way }
receipt-refund-to_come = To be given back · { $way }
receipt-gone = This link does not lead to a receipt any more. Please open your order in the chat with the shop: its receipt is there.
receipt-note-open = The shop is looking at this payment.
receipt-note-kept = Not counted for this order; the shop keeps it.
receipt-note-returned = Not counted for this order; it goes back.
receipt-note-coming = On its way to you.
receipt-note-offered = Waiting for you to claim it.
receipt-waived = The shop does without
receipt-due = Still to pay
receipt-due-on-delivery = To pay on delivery
receipt-nothing-due = Nothing is left to pay.
button-receipt = Receipt
