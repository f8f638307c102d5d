# What customers are told. Names, notes and other people's words are escaped before they get here.
order_received = <b>Order #{ $number }</b>
    { $items }

    { $delivery } · { $deliveryPrice }
    <b>Total { $total }</b> · { $payment }

    { $progress }
order_received-transfer = Please transfer <b>{ $total }</b> with the reference <b>{ $reference }</b>.
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
order_dispatched-tracking = Tracking number: <code>{ $tracking }</code>
order_delivered = 🏁 Order #{ $number } has arrived.
    How was it? One tap is enough.
order_delivered-pickup = 🏁 Order #{ $number } is picked up.
    How was it? One tap is enough.
order_cancelled = Order #{ $number } is cancelled.
order_cancelled-reason = Reason: { $reason }
order_cancelled-paid = You had paid { $total }. The shop will get in touch about the money.
order_expired = ⌛ Order #{ $number } has expired: no payment arrived in time.
    The goods are back on the shelf. You can order again with one tap.
notice-free = free
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
staff_order-by = { $state } · { $who }, { $time }
staff_order-by-paid = { $state } · marked paid by { $who }, { $time }
staff_order-by-undone = { $state } · undone by { $who }, { $time }
staff_cancelled = ✕ { $customer } cancelled order #{ $number } ({ $total }).
    The stock is free again.
button-panel = Open in panel
