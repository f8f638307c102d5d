# What customers are told. Names, notes and other people's words are escaped before they get here.
order_received = <b>Order #{ $number }</b>
    { $items }

    { $delivery }{ $above }
    <b>Total { $total }</b> · { $payment }{ $below }

    { $progress }
order_received-transfer-arrived = 💶 { $arrived } of { $total } has arrived.
order_received-transfer-receipt = 🧾 We have your transfer receipt and are checking it.
order_received-transfer = Please transfer <b>{ $due }</b> with the reference <b>{ $reference }</b>.
    { $instructions }
payment_received = 💶 We received { $total } for order #{ $number }. Thank you.
order_accepted = 👍 Order #{ $number } is accepted.
    We start on it soon.

    { $progress }
order_packing = 📦 Order #{ $number } is being packed.

    { $progress }
order_dispatched = 🚚 Order #{ $number } is on its way.

    { $progress }
order_dispatched-pickup = 🛍 Order #{ $number } is ready for you to pick up.

    { $progress }
order_dispatched-digital = 📲 Order #{ $number } is sent. Look around in this chat: that is where it comes.

    { $progress }
order_dispatched-tracking = Tracking number: <code>{ $tracking }</code>
order_delivered = 🏁 Order #{ $number } has arrived.
    How was it? One tap is enough.
order_delivered-pickup = 🏁 Order #{ $number } is picked up.
    How was it? One tap is enough.
order_cancelled = Order #{ $number } is cancelled.
order_cancelled-reason = Reason: { $reason }
order_cancelled-later = You had paid { $amount }. The shop will get in touch about the money.
order_cancelled-refund = ↩️ You get the { $amount } you paid back. We tell you once it is on its way.
order_cancelled-keep = The shop keeps the { $amount } you paid. Write to us if you have a question about it.
order_expired = ⌛ Order #{ $number } has expired: no payment arrived in time.
    The goods are back on the shelf. You can order again with one tap.
shop_wrote = ✉️ About order #{ $number }, from { $who } at the shop:
    { $words }
notice-free = free
notice-delivery = { $delivery } · { $price }
notice-digital = 📲 Comes to you here, in the chat
notice-line = { $quantity } × { $title }
notice-line-price = { $quantity } × { $title } · { $price }
notice-more = …and { $count ->
        [one] one more
       *[other] { $count } more
    }
button-open-order = Order #{ $number }
button-copy-tracking = Copy tracking number
button-copy-reference = Copy reference
button-copy-amount = Copy amount
button-copy-account = Copy account
button-send-receipt = 🧾 Send transfer receipt

# What staff are told.
staff_order = <b>Order #{ $number }</b> · { $total }
    <b>{ $state }</b>

    { $items }

    { $customer }
    { $delivery } · { $payment }
staff_order-address = 📍 { $address }
staff_order-phone = ☎️ { $phone }
staff_order-note = ✏️ { $note }
staff_order-tracking = 🔎 { $tracking }
staff_order-review = ⚠️ { $reason }
staff_order-assignee = 📌 { $who }
staff_order-not-collected = ⚠️ { $due } is not collected yet
staff_order-part-paid = 💶 { $arrived } is here, { $due } is still to come
staff_order-snoozed = 🔕 { $who } put this off until { $time } for everybody
staff_order-by = { $state } · { $who }, { $time }
staff_order-by-paid = { $state } · marked paid by { $who }, { $time }
staff_order-by-undone = { $state } · undone by { $who }, { $time }
staff_quote = « { $words } »
staff_reminder = ⏰ Order #{ $number } ({ $total }) has been waiting for { $hours ->
        [0] { $minutes ->
            [one] a minute
           *[other] { $minutes } minutes
        }
       *[other] { $hours } hours
    }.
    Nobody has accepted it yet.
staff_payment_received = 💶 { $total } received for order #{ $number } of { $customer }.
staff_payment_received-part_paid = 💶 { $amount } received for order #{ $number } of { $customer }: { $arrived } of { $total } is here.
staff_payment_received-payment_on_delivery = 💵 { $customer } pays order #{ $number } ({ $total }) on delivery. It can be accepted now.
staff_payment_received-rest_waived = 💶 { $who } does without the rest of order #{ $number }: { $arrived } of { $total } is here.
staff_payment_failed = The payment for order #{ $number } of { $customer } ({ $total }) failed.
staff_payment_failed-expired = ⌛ Order #{ $number } of { $customer } has expired: { $total } never arrived. The stock is free again.
staff_payment_overdue = ⌛ { $customer } had until now to pay order #{ $number } ({ $total }). Money is on its way, so I leave it to you: wait, or cancel it.
staff_payment_overdue-part = ⌛ { $customer } had until now to pay order #{ $number }. { $arrived } of { $total } is here, so I leave it to you: wait, or cancel it.
staff_payment_proof = 🧾 { $customer } sent a receipt for order #{ $number } ({ $total }).
staff_payment_proof-due = { $due } is due.
staff_payment_proof-again = ⚠️ The same receipt was sent before, for order #{ $number }.
staff_payment_proof-approved = ✓ Approved by { $who }, { $time }: { $amount }
staff_payment_proof-rejected = ✕ Rejected by { $who }, { $time }: { $reason }
button-proof-show = See the receipt
button-proof-approve = The money is here
button-proof-reject = Reject
staff_order_accepted = 👍 { $who } accepted order #{ $number }.
staff_order_packed = 📦 { $who } is packing order #{ $number }.
staff_order_dispatched = 🚚 { $who } dispatched order #{ $number }.
staff_order_delivered = 🏁 { $who } marked order #{ $number } delivered.
staff_order_cancelled = ✕ { $who } cancelled order #{ $number } ({ $total }).
    The stock is free again.
staff_order_assigned = 📌 { $who } gave you order #{ $number } ({ $total }).
staff_refund_asked = ↩️ { $customer } asks for the money of order #{ $number } back ({ $total }).
staff_customer_wrote = ✉️ { $customer } writes about order #{ $number }:
staff_answer = ✓ Answered by { $who }, { $time }
staff_answer-waived = ✓ No answer needed, says { $who }, { $time }
staff_review_left = { $stars } from { $customer } for order #{ $number }.
staff_notice_gave_up = ⚠️ { $recipient } could not be told about order #{ $number } by { $channel }: { $why }.
staff_notice_gave_up-shop = ⚠️ { $recipient } could not be told something by { $channel }: { $why }.
gave_up-refused = it was refused
staff_stock_low = 📉 { $title }: only { $left } left.
staff_stock_out = 📉 { $title } is sold out.
staff_backup_failed = ⚠️ The backup failed: { $reason }
staff_shop_trouble = ⚠️ { $reason }
staff_shop_trouble-over = ✅ { $reason }
staff_device_ended = 🔕 { $device } gets no more alerts: { $reason }.
    Open the panel there once to switch them on again.
staff_staff_joined = 👋 { $who } joined the staff as { $role }, invited by { $inviter }.
staff_test = 🔔 This is the test you asked for. Alerts reach you here.
staff_withdrawn = This was for the staff of the shop.
button-answer = Answer
button-answer-again = Answer again
button-reply = Reply
button-snooze = Remind all again in { $minutes } min
button-panel = Open in panel

# The owner's mail about yesterday.
daily_summary = Your shop on { $day }
daily_summary-orders = { $orders ->
        [0] No orders came in.
        [one] One order came in, worth <b>{ $total }</b>.
       *[other] { $orders } orders came in, worth <b>{ $total }</b>.
    }
daily_summary-ended = Delivered: { $delivered } · cancelled: { $cancelled }
daily_summary-waiting = ⏰ { $waiting ->
        [one] One order is
       *[other] { $waiting } orders are
    } waiting to be accepted.
daily_summary-dead = ⚠️ { $letters ->
        [one] One notice
       *[other] { $letters } notices
    } could not be delivered. The panel says why.

# Several pieces of news in one message to a group.
staff_digest = <b>{ $count ->
        [one] One piece of news
       *[other] { $count } pieces of news
    }</b>
staff_digest-order = Order #{ $number } · { $total } · { $state }
