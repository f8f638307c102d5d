import type { ColumnType, Generated } from 'kysely'

/** The tables as kysely sees them. The truth is migrations/; `*_at` is ms since 1970 UTC, `*_minor` minor units. */
export interface Tables {
  people: {
    id: Generated<number>
    telegram_id: number
    name: string
    username: string | null
    language: Generated<string>
    phone: string | null
    address: string | null
    reach: Generated<Reach>
    created_at: number
    seen_at: number
  }
  people_search: { rowid: number; people_search: string }
  staff: { person_id: number; role: Role; active: Generated<Flag>; added_at: number }
  sessions: {
    token_hash: string
    person_id: number
    user_agent: string
    created_at: number
    expires_at: number
    seen_at: number
  }
  settings: { key: string; value: string }
  categories: { id: Generated<number>; slug: string; name: string; position: Generated<number> }
  products: {
    id: Generated<number>
    handle: string
    category_id: number | null
    title: string
    description: Generated<string>
    option_names: Generated<string>
    status: Generated<ProductStatus>
    created_at: number
    updated_at: number
  }
  variants: {
    id: Generated<number>
    product_id: number
    sku: string | null
    title: Generated<string>
    options: Generated<string>
    price_minor: number
    available: Generated<number>
    reserved: Generated<number>
    position: Generated<number>
    active: Generated<Flag>
  }
  product_images: {
    id: Generated<number>
    product_id: number
    position: Generated<number>
    file: string | null
    url: string | null
    telegram_file_id: string | null
  }
  delivery_methods: {
    id: Generated<number>
    name: string
    price_minor: number
    needs_address: Flag
    position: Generated<number>
    active: Generated<Flag>
  }
  payment_methods: {
    kind: PaymentMethod
    instructions: Generated<string>
    position: Generated<number>
    active: Generated<Flag>
  }
  cart_lines: { person_id: number; variant_id: number; quantity: number; added_at: number }
  checkouts: {
    person_id: number
    key: string
    delivery_method_id: number | null
    payment_method: PaymentMethod | null
    address: string | null
    phone: string | null
    note: string | null
    started_at: number
  }
  orders: {
    id: Generated<number>
    person_id: number
    checkout_key: string
    fulfilment: Fulfilment
    payment: Payment
    stage: ColumnType<Stage, never, never>
    version: Generated<number>
    needs_review: string | null
    currency: string
    items_minor: number
    delivery_minor: number
    total_minor: number
    item_count: number
    customer_name: string
    phone: string | null
    address: string | null
    note: string | null
    delivery_method: string
    payment_method: PaymentMethod
    tracking_number: string | null
    cancel_reason: string | null
    placed_at: number
    updated_at: number
    expires_at: number | null
    undo_until: number | null
  }
  line_items: {
    id: Generated<number>
    order_id: number
    variant_id: number
    title: string
    variant_title: string
    sku: string | null
    unit_price_minor: number
    quantity: number
    total_minor: number
  }
  order_counters: { stage: Stage; count: number }
  events: {
    id: Generated<number>
    order_id: number | null
    type: string
    at: number
    actor_kind: ActorKind
    actor_id: number | null
    actor_name: string
    source: Source
    from_fulfilment: Fulfilment | null
    from_payment: Payment | null
    data: Generated<string>
    request_key: string | null
  }
  notices: {
    id: Generated<number>
    event_id: number
    order_id: number | null
    person_id: number
    channel: Channel
    kind: string
    card: Generated<Flag>
    lane: Generated<number>
    state: Generated<NoticeState>
    due_at: number
    attempts: Generated<number>
    revision: Generated<number>
    lease: string | null
    last_error: string | null
    message_id: number | null
    created_at: number
    sent_at: number | null
    updated_at: number
  }
  reviews: { order_id: number; person_id: number; rating: number; words: string | null; created_at: number }
  updates: {
    update_id: number
    payload: string
    received_at: number
    applied: Generated<Flag>
    done_at: number | null
    attempts: Generated<number>
    last_error: string | null
  }
  conversations: { key: string; value: string; updated_at: number }
  chat_screens: { person_id: number; message_id: number; has_photo: Flag; shown_at: number }
}

export type Flag = 0 | 1
export type Reach = 'unknown' | 'ok' | 'blocked' | 'gone'
export type Role = 'owner' | 'manager' | 'packer'
export type ProductStatus = 'active' | 'draft' | 'archived'
export type PaymentMethod = 'cash_on_delivery' | 'bank_transfer'
export type Fulfilment = 'placed' | 'accepted' | 'packing' | 'dispatched' | 'delivered' | 'cancelled'
export type Payment =
  | 'pending'
  | 'failed'
  | 'expired'
  | 'due_on_delivery'
  | 'paid'
  | 'partly_refunded'
  | 'refunded'
export type Stage = 'unpaid' | Fulfilment
export type ActorKind = 'customer' | 'staff' | 'system'
export type Source = 'chat' | 'panel' | 'job'
export type Channel = 'telegram' | 'push' | 'mail'
export type NoticeState = 'waiting' | 'sending' | 'sent' | 'dead' | 'undone'
