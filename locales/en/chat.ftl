# What the customer reads while walking through the shop. One emoji a line at most, used as an icon.
back = ‹ Back
more = More ›
earlier = ‹ Earlier

home = <b>Welcome to { $shop }, { $name }.</b>
    Choose what you like. We bring it to you, or keep it ready.
home-staff = <b>Welcome to { $shop }, { $name }.</b>
    New orders come to you in this chat, with buttons for what is next.
home-left = All right, I stopped asking. Your cart is as it was.
home-stale = That button is from an earlier time. This is where you can go from here.
home-shop = 🛍 Shop
home-cart = 🛒 Cart ({ $count })
home-cart-empty = 🛒 Cart
home-orders = 📦 My orders
home-help = ❔ Help
home-panel = 🖥 Open the panel
home-checkout = ✏️ Finish your order

help = <b>How it works</b>
    1. Look around in the shop and put things into your cart.
    2. Check out: I ask how to bring it, where to, and how you pay.
    3. I tell you here each time your order moves on.

    You can cancel an order until we start packing it.
    Type a product's name at any time and I look for it.

    /shop what we sell
    /cart what you chose
    /orders your orders
    /paysupport help with a payment
    /cancel stop what I asked you

help-email = /email order news by e-mail, too

# Read before pressing Start, as plain text.
bot-description = Welcome to { $shop }. See what we have, order right here in the chat, and be told at every step until it is with you.

command-start = Open the shop
command-shop = What we sell
command-cart = What you chose
command-orders = Your orders
command-paysupport = Help with a payment
command-email = Order news by e-mail, too
command-cancel = Stop what I asked you
command-help = How it works
command-alerts = Tell this group of orders, or no more
menu-panel = Panel

categories = <b>What are you looking for?</b>
categories-empty = There is nothing to buy yet. Please come back soon.
categories-other = Everything else
category = <b>{ $name }</b>
    Choose a product to see more of it.
category-page = Page { $page }
category-empty = There is nothing here any more.
listing = { $title } · { $price }
listing-from = { $title } · from { $price }
listing-few = { $title } · { $price } · { $left } left
listing-sold-out = { $title } · sold out

stock-many = { $left } in stock
stock-few = Only { $left } left
stock-none = Sold out

card-price = <b>{ $price }</b> · { $stock }
card-in-cart = 🛒 { $quantity } in your cart
card-variant = Your choice: { $variant }
card-all-in-cart = You have all of it in your cart.
card-gone = This product is no longer sold.
card-chosen = ● { $variant }
card-sold-out = { $variant } · sold out
card-add = Add { $quantity } · { $price }
card-added = In your cart: { $quantity } × { $title }
card-cart = 🛒 Cart · { $total }

cart = <b>Your cart</b>
cart-empty = <b>Your cart is empty.</b>
    Have a look around, there is a good chance you find something.
cart-line = <b>{ $position }. { $title }</b>
    { $quantity } × { $price } = { $total }
cart-line-short = ⚠️ { $left ->
        [0] Sold out for now
       *[other] Only { $left } left
    }
cart-line-gone = ⚠️ No longer sold
cart-total = <b>Total { $total }</b>
cart-delivery = Delivery is chosen at checkout.
# Between − and +; the number is the line's, so that a narrow phone cuts nothing off.
cart-quantity = { $position }. × { $quantity }
cart-take = Take { $left } of { $title }
cart-remove = Remove { $title }
cart-checkout = Check out · { $total }
cart-problems = Please put your cart right first, then check out.
cart-left-out = Not in stock as before: { $titles }
cart-again-none = Nothing of that order can be had at the moment: { $titles }
cart-again = Your order is in the cart again, at today's prices.

checkout = <b>Checkout</b> · { $total }
checkout-closed = The shop takes no orders at the moment. Please try again later.
checkout-over = This checkout is over.
checkout-delivery = 🚚 How would you like to get it?
checkout-delivery-choice = { $name } · { $price }
checkout-free = free
checkout-address = 📍 Where to? Type the address in one message.
checkout-address-last = Last time: { $address }
checkout-address-now = So far: { $address }
checkout-phone = ☎️ What is your phone number? We call only if there is a question about your order.
checkout-phone-last = Last time: { $phone }
checkout-phone-now = So far: { $phone }
checkout-phone-key = Type it, or share it with the button below.
checkout-phone-share = ☎️ Share my phone number
checkout-phone-done = Noted.
checkout-phone-other = That is somebody else's contact. Please share your own, or type the number.
checkout-note = ✏️ Anything we should know? Type it, or go on without.
checkout-note-now = So far: { $note }
checkout-note-none = No note
checkout-payment = 💶 How would you like to pay?
checkout-payment-none = ⚠️ What is in your cart cannot be paid for here at the moment. Change your cart, or try again later.
checkout-code = 🎟 What is your code? Type it as it is written.
checkout-words = Please answer in words.
checkout-press = Please press one of the buttons.
checkout-press-words = I did not find “{ $words }” in the shop. Please press one of the buttons.
pay-cash_on_delivery = Cash or card on delivery
pay-cash_on_delivery-pickup = Cash or card at pickup
pay-bank_transfer = Bank transfer
pay-telegram = Card, here in Telegram
pay-stars = Telegram Stars
pay-btcpay = Bitcoin

summary = <b>Please check your order</b>
summary-line = { $quantity } × { $title } · { $price }
summary-delivery = { $name } · { $price }
summary-total = <b>Total { $total }</b>
summary-address = 📍 { $address }
summary-phone = ☎️ { $phone }
summary-note = ✏️ { $note }
summary-payment = 💶 { $payment }
summary-digital = 📲 Comes to you here, in the chat
summary-code-refused = ⚠️ { $refusal }
summary-code = 🎟 I have a code
summary-code-remove = Remove code { $code }
summary-place = ✅ Place order · { $total }
summary-change-delivery = Delivery
summary-change-address = Address
summary-change-phone = Phone
summary-change-note = Note
summary-change-payment = Payment
summary-change = Something to change? Use the buttons below.

placed = ✅ <b>Order #{ $number } is placed.</b>
    Thank you. We tell you here as soon as something happens.
placed-unpaid = ✅ <b>Order #{ $number } is placed.</b>
    How to pay is just below. We start as soon as your money is here.

orders = <b>Your orders</b>
orders-pay-support = <b>Is something wrong with a payment?</b>
    Open its order and write to us from there. We see the payment beside your words.
orders-none = <b>You have not ordered yet.</b>
    Once you have, this is where you follow it.
orders-end = There are no earlier orders.
orders-newest = « Newest
orders-line = <b>#{ $number }</b> · { $date } · { $total }
    { $state }
orders-open = #{ $number }

order = <b>Order #{ $number }</b> · { $date }
order-line = { $quantity } × { $title } · { $price }
order-delivery = { $name } · { $price }
order-total = <b>Total { $total }</b> · { $payment }
order-tracking = 🔎 Tracking number: <code>{ $tracking }</code>
order-reason = Reason: { $reason }
order-rated = { $stars } That is what you gave us.
order-how = How was it? One tap is enough.
order-copy-tracking = Copy tracking number
order-cancel = Cancel this order
order-again = 🔁 Order again
order-words = ✏️ Write a few words
order-words-more = ✏️ Change your words
order-cancel-sure = <b>Cancel order #{ $number }?</b>
    { $total } · { $state }
    It cannot be brought back, but you can order again at any time.
order-cancel-sure-paid = You have paid { $amount }. The shop gets in touch about the money.
order-cancel-keep = Keep the order
order-cancel-yes = Yes, cancel #{ $number }
order-cancelled = Order #{ $number } is cancelled.
order-unknown = I cannot find that order among yours.
order-moved = The order has moved on. This is how it stands now.
order-receipt-late = 🧾 I paid: send transfer receipt
order-write = ✉️ Write to the shop
order-refund = ↩️ Ask for my money back
order-email = ✉️ Get these by e-mail too
rate-star = { $rating } ★
rate-thanks = { $stars } <b>Thank you.</b>
    Would you like to say more?
rate-words = ✏️ How was order #{ $number }? A few words are enough.
rate-words-thanks = 💛 <b>Thank you for your words.</b>
    We read every one of them.

search-found = <b>This is what I found.</b>
search-none = I did not find “{ $words }” in the shop.
    Try one word of its name, or look around.
search-command = I do not know that command. These are the ways from here.
search-only-words = I can read only text here. These are the ways from here.

desk-accept = Order #{ $number } is accepted.
desk-pack = Order #{ $number } is being packed.
desk-dispatch = Order #{ $number } is dispatched.
desk-deliver = Order #{ $number } is delivered.
desk-mark_paid = Order #{ $number } is paid.
desk-cancel = Order #{ $number } is cancelled.
desk-undo = Undone. Order #{ $number } is as it was before.
desk-role = Your role does not allow this step.
desk-staff-only = This button is for the staff of the shop.
desk-tracking = 🔎 <b>Tracking number for order #{ $number }?</b>
    Type it, or say that there is none.
desk-tracking-none = No tracking number
desk-reason = <b>Why is order #{ $number } cancelled?</b>
    The customer reads what you type.
desk-reason-none = Give no reason
desk-money = 💶 <b>{ $amount } came in for order #{ $number }.</b>
    What becomes of it when the order is cancelled?
desk-money-refund = Give back { $amount }
desk-money-keep = Keep it
desk-money-later = Decide later
desk-deliver-owed = Order #{ $number } is delivered. { $due } is not collected yet: press “Payment collected” once you have it.
desk-ask-mark_paid = 💶 <b>{ $due } received for order #{ $number }?</b>
desk-ask-mark_paid-cash = 💶 <b>{ $due } collected for order #{ $number }?</b>
desk-ask-mark_paid-transfer = 💶 <b>{ $due } arrived on the account for order #{ $number }?</b>
desk-ask-other = If it is another amount, type that.
desk-all-here = Yes, { $due }
desk-amount-sure = 💶 <b>{ $amount } for order #{ $number }, really?</b>
    { $due } is due. If it is another amount, type that.
desk-amount-yes = Yes, { $amount }
desk-not-noted = Your { $amount } is not noted. Please look at the order, and type it again if it belongs there.
desk-amount-wrong = Please type an amount such as { $example }.
desk-noted = 💶 { $amount } is noted for order #{ $number }.
desk-proof-amount = 💶 <b>How much has arrived for order #{ $number }?</b>
    { $due } is due. If it is another amount, type that.
desk-proof-reason = ✕ <b>What is wrong with the receipt for order #{ $number }?</b>
    The customer reads what you type.
desk-proof-rejected = The receipt for order #{ $number } is rejected. The customer is told why.
desk-receipt = Receipt for order #{ $number } of { $customer }
desk-receipt-sent = I sent it to you in our own chat.
desk-receipt-unknown = I cannot find that receipt.
desk-snooze = { $minutes ->
        [one] I remind everybody of order #{ $number } again in a minute.
       *[other] I remind everybody of order #{ $number } again in { $minutes } minutes.
    }
desk-not-now = Not now

# Signing in to the panel from a browser outside Telegram.
sign-in-question = 🔑 <b>Signing in to the panel?</b>
    { $browser } asks for it. Which number do you see there?
sign-in-not-me = That was not me
sign-in-approved = ✅ <b>You are signed in.</b>
    Go back to { $browser }: the panel opens there by itself.
sign-in-refused = 🚫 <b>Nobody was signed in.</b>
    If it was you, start again in the panel and choose the number it shows.
sign-in-over = ⏱ <b>This sign-in is over.</b>
    They last five minutes. Start again in the panel.
sign-in-staff-only = Signing in to the panel is for the staff of the shop. Ask the owner to add you.

error-unexpected = Something went wrong (id { $id }). Please try again.

email = ✉️ <b>Order news by e-mail, too?</b>
    Type your address. Whatever I tell you here about your orders then also goes there.
email-now = ✉️ <b>Order news also goes to { $email }</b>
    Type another address to change it.
email-remove = Remove the address
email-saved = ✉️ <b>Noted: { $email }</b>
    From now on, order news goes there, too. To change or stop that, send /email.
email-removed = The address is removed. I keep telling you here.

# Customer and shop about an order.
write = ✉️ <b>What would you like to tell the shop about order #{ $number }?</b>
    Type it in one message. The answer comes here.
write-sent = ✉️ <b>The shop has your message about order #{ $number }.</b>
    The answer comes here.
write-over = This order was over more than 30 days ago. Ask about a newer one, please.
refund-why = ↩️ <b>Why would you like your money for order #{ $number } back?</b>
    Type it in one message. The shop looks into it and answers you here.
refund-sent = ↩️ <b>The shop has your request for order #{ $number }.</b>
    It looks into it and answers you here.
refund-asked = Your request is on its way. The shop will answer you here.
refund-over = The money of this order can no longer be asked for here.
answer = ✉️ <b>What shall I tell { $customer } about order #{ $number }?</b>
answer-quote = « { $words } »
answer-sent = ✉️ On its way to { $customer }.

# Becoming staff.
role-owner = owner
role-manager = manager
role-packer = packer
duties-owner = Everything in the shop, its settings and its staff.
duties-manager = Orders, money and products.
duties-packer = Orders from accepting to handing over.
join = 🔑 <b>{ $inviter } invites you to work in this shop as { $role }.</b>
    { $duties }
join-yes = Join
join-done = ✅ <b>Welcome. You are { $role } now.</b>
    New orders come to you in this chat, with buttons for what is next.
join-already = You belong to the staff already, as { $role }.
join-used = This invitation has been used. Each works once: ask for one of your own.
join-over = This invitation is over. Ask for a new one.

# In groups of staff.
group-hello = Hello. An owner or manager can send /alerts here, and I tell this group of new orders.
group-on = 🔔 This place is told of orders from now on. Send /alerts again to end that.
group-off = 🔕 This place is told of orders no more. Send /alerts to begin again.
group-desk-only = Only owners and managers of the shop can decide what a group is told.
group-anonymous = You write as the group itself, so that I cannot see who you are. Send /alerts under your own name.
group-asked = I asked you in our own chat.
group-start-first = I need a few words from you, but may not write to you yet. Open a chat with me, press Start, then press here again.

# Receipts of bank transfers.
receipt = 🧾 <b>Send me the receipt of your transfer for order #{ $number }.</b>
    A photo or a PDF, in one message.
receipt-no-file = Please send a photo or a PDF.
receipt-not-needed = This order needs no receipt any more.
receipt-which = 🧾 <b>Which order is this receipt for?</b>
receipt-for = #{ $number } · { $due }
receipt-none = I can read only text here. A photo or a PDF helps me as the receipt of a transfer, but no order of yours waits for one.
receipt-trying = ⏳ Your file has not reached me yet. I keep trying for a while.
receipt-kept = 🧾 <b>We have your receipt for order #{ $number }. Thank you.</b>
    The shop checks it and tells you here.
receipt-here = 🧾 We have your receipt.
