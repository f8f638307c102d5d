# States of an order, as customers and staff read them.
state-unpaid = Waiting for payment
state-placed = Placed
state-accepted = Accepted
state-packing = Being packed
state-dispatched = On its way
state-dispatched-pickup = Ready for pickup
state-delivered = Delivered
state-delivered-pickup = Picked up
state-cancelled = Cancelled

# Shorter words for the line of dots.
progress-placed = Placed
progress-accepted = Accepted
progress-packing = Packing
progress-dispatched = On its way
progress-dispatched-pickup = Ready
progress-delivered = Delivered
progress-delivered-pickup = Picked up

payment-pending = Waiting for the transfer
payment-failed = Payment failed
payment-expired = Payment time is over
payment-due_on_delivery = To be paid in cash
payment-paid = Paid
payment-none = Nothing to pay
payment-partly_refunded = Partly refunded
payment-refunded = Refunded

# Steps as staff press them.
step-accept = Accept
step-pack = Start packing
step-dispatch = Dispatch
step-dispatch-pickup = Ready for pickup
step-deliver = Mark delivered
step-deliver-pickup = Mark picked up
step-mark_paid = Mark paid
step-cancel = Cancel order
step-undo = Undo
