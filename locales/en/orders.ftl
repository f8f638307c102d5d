# States of an order, as customers and staff read them.
state-unpaid = Waiting for payment
state-placed = Placed
state-accepted = Accepted
state-packing = Being packed
state-dispatched = On its way
state-dispatched-pickup = Ready for pickup
state-dispatched-digital = Sent
state-delivered = Delivered
state-delivered-pickup = Picked up
state-cancelled = Cancelled

# Shorter words for the line of dots.
progress-placed = Placed
progress-accepted = Accepted
progress-packing = Packing
progress-dispatched = On its way
progress-dispatched-pickup = Ready
progress-dispatched-digital = Sent
progress-delivered = Delivered
progress-delivered-pickup = Picked up

payment-pending = Waiting for payment
payment-pending-transfer = Waiting for the transfer
payment-failed = Payment failed
payment-expired = Payment time is over
payment-due_on_delivery = To be paid on delivery
payment-due_on_delivery-pickup = To be paid at pickup
payment-paid = Paid
payment-none = Nothing to pay
payment-going_back = Paid, to be given back
pay-until = ⏳ Please pay by { $time }. Your goods are set aside until then.
payment-partly_refunded = Partly refunded
payment-refunded = Refunded

# Steps as staff press them.
step-accept = Accept
step-pack = Start packing
step-dispatch = Dispatch
step-dispatch-pickup = Ready for pickup
step-dispatch-digital = Mark sent
step-deliver = Mark delivered
step-deliver-pickup = Mark picked up
step-mark_paid = Mark paid
step-mark_paid-cash = Payment collected
step-mark_paid-transfer = Transfer arrived
step-cancel = Cancel order
step-undo = Undo
