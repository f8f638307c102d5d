# What stands on a lock screen: never a name, an address or anybody's words.
push_staff_order = New order #{ $number }
push_staff_order-body = { $count ->
        [one] 1 item
       *[other] { $count } items
    } · { $total } · { $payment }
push_staff_reminder = Order #{ $number } is still waiting
push_staff_reminder-body = For { $hours ->
        [0] { $minutes ->
            [one] a minute
           *[other] { $minutes } minutes
        }
       *[other] { $hours } hours
    }, and nobody has accepted it · { $total }
push_staff_settled = Order #{ $number }
push_staff_settled-body = { $state } · { $by ->
        [customer] by the customer
        [staff] { $who }
       *[system] by the shop
    }
push_staff_payment_received = Order #{ $number } is paid
push_staff_payment_received-body = { $total } · it can be accepted now
push_staff_payment_received-part_paid = A part of order #{ $number } is paid
push_staff_payment_received-part_paid-body = Of { $total } · the rest is still to come
push_staff_payment_received-payment_on_delivery = Order #{ $number } is paid on delivery
push_staff_payment_received-payment_on_delivery-body = { $total } · it can be accepted now
push_staff_payment_received-rest_waived = Nothing more is to be paid for order #{ $number }
push_staff_payment_received-rest_waived-body = { $total } · the shop does without the rest
push_staff_payment_failed = Payment for order #{ $number } failed
push_staff_payment_failed-body = { $total } did not arrive
push_staff_payment_overdue = The time to pay order #{ $number } is over
push_staff_payment_overdue-body = { $total } · money is on its way, please decide
push_staff_payment_proof = Proof of payment for order #{ $number }
push_staff_payment_proof-body = { $total } · please check it
push_staff_order_accepted = Order #{ $number } is accepted
push_staff_order_accepted-body = By { $who }
push_staff_order_packed = Order #{ $number } is being packed
push_staff_order_packed-body = By { $who }
push_staff_order_dispatched = Order #{ $number } is on its way
push_staff_order_dispatched-body = By { $who }
push_staff_order_delivered = Order #{ $number } has arrived
push_staff_order_delivered-body = By { $who }
push_staff_order_cancelled = Order #{ $number } is cancelled
push_staff_order_cancelled-body = { $total } · { $by ->
        [customer] by the customer
        [staff] by { $who }
       *[system] by the shop
    }
push_staff_order_assigned = Order #{ $number } is yours
push_staff_order_assigned-body = { $total } · from { $who }
push_staff_refund_asked = Refund asked for order #{ $number }
push_staff_refund_asked-body = { $total } · open it to see why
push_staff_customer_wrote = Message about order #{ $number }
push_staff_customer_wrote-body = Open it to read and answer
push_staff_review_left = { $stars } for order #{ $number }
push_staff_review_left-body = Open it to read the review
push_staff_notice_gave_up = Somebody could not be told about order #{ $number }
push_staff_notice_gave_up-body = By { $channel }: { $why }
push_staff_notice_gave_up-shop = A notice could not be delivered
push_staff_notice_gave_up-shop-body = By { $channel }: { $why }
push_staff_stock_low = { $title }: { $left } left
push_staff_stock_low-body = Stock is getting low
push_staff_stock_out = { $title } is sold out
push_staff_stock_out-body = Nobody can order it until there is more
push_staff_backup_failed = The backup failed
push_staff_backup_failed-body = Open the panel to see why
push_staff_shop_trouble = The shop needs your attention
push_staff_shop_trouble-body = Open the panel to see why
push_staff_shop_trouble-over = A trouble of the shop is over
push_staff_shop_trouble-over-body = Nothing is left to do
push_staff_staff_joined = Somebody joined the staff
push_staff_staff_joined-body = As { $role } · open the staff page to see who
push_staff_test = This is the test you asked for
push_staff_test-body = Alerts reach this device
