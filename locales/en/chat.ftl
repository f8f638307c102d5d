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
    /cancel stop what I asked you

# Read before pressing Start, as plain text.
bot-description = Welcome to { $shop }. See what we have, order right here in the chat, and be told at every step until it is with you.

command-start = Open the shop
command-shop = What we sell
command-cart = What you chose
command-orders = Your orders
command-cancel = Stop what I asked you
command-help = How it works
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
checkout-words = Please answer in words.
pay-cash_on_delivery = Cash on delivery
pay-cash_on_delivery-pickup = Cash at pickup
pay-bank_transfer = Bank transfer

summary = <b>Please check your order</b>
summary-line = { $quantity } × { $title } · { $price }
summary-delivery = { $name } · { $price }
summary-total = <b>Total { $total }</b>
summary-address = 📍 { $address }
summary-phone = ☎️ { $phone }
summary-note = ✏️ { $note }
summary-payment = 💶 { $payment }
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
order-cancel-keep = Keep the order
order-cancel-yes = Yes, cancel #{ $number }
order-cancelled = Order #{ $number } is cancelled.
order-unknown = I cannot find that order among yours.
order-moved = The order has moved on. This is how it stands now.
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
desk-not-now = Not now

error-unexpected = Something went wrong (id { $id }). Please try again.
