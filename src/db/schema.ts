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
    email: string | null
    reach: Generated<Reach>
    created_at: number
    seen_at: number
  }
  people_search: { rowid: number; people_search: string }
  staff: {
    person_id: number
    role: Role
    active: Generated<Flag>
    added_at: number
    timezone: string | null
    quiet_from: number | null
    quiet_to: number | null
    urgent_anyway: Generated<Flag>
    daily_summary: Generated<Flag>
  }
  notice_choices: { person_id: number; topic: string; channel: Exclude<Channel, 'mail'>; wanted: Flag }
  sessions: {
    token_hash: string
    person_id: number
    user_agent: string
    created_at: number
    expires_at: number
    seen_at: number
    kind: Generated<SessionKind>
  }
  sign_ins: {
    id: Generated<number>
    link_hash: string
    browser_hash: string
    number: number
    user_agent: string
    state: Generated<'waiting' | 'approved' | 'refused' | 'used'>
    person_id: number | null
    created_at: number
    expires_at: number
  }
  invitations: {
    link_hash: string
    role: Role
    invited_by: number
    created_at: number
    expires_at: number
    accepted_by: number | null
  }
  devices: {
    id: Generated<number>
    person_id: number
    session_hash: string | null
    name: string
    endpoint: string | null
    p256dh: string
    auth: string
    vapid_key: string
    created_at: number
    seen_at: number
    delivered_at: number | null
    ended_at: number | null
    end_reason: string | null
  }
  staff_groups: {
    id: Generated<number>
    chat_id: number
    thread_id: Generated<number>
    title: string
    added_by: number
    added_at: number
    ended_at: number | null
    end_reason: string | null
  }
  escalations: {
    order_id: number
    waiting_since: number
    steps_done: Generated<number>
    due_at: number
    snoozed_until: number | null
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
    digital: Generated<Flag>
    tax_rate_id: number | null
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
  fetched_pictures: {
    url: string
    file: string | null
    small: string | null
    tries: Generated<number>
    due_at: number | null
    trouble: string | null
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
    discount_code: string | null
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
    discount_minor: Generated<number>
    discount_code: string | null
    delivery_minor: number
    tax_minor: Generated<number>
    tax_added_minor: Generated<number>
    total_minor: number
    charged_minor: Generated<number>
    refunded_minor: Generated<number>
    waived_minor: Generated<number>
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
    assigned_to: number | null
    unanswered_since: number | null
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
    discount_minor: Generated<number>
    restocked: Generated<number>
  }
  order_taxes: {
    order_id: number
    name: string
    basis_points: number
    included: Flag
    net_minor: number
    tax_minor: number
  }
  tax_rates: {
    id: Generated<number>
    name: string
    basis_points: number
    included: Generated<Flag>
    usual: Generated<Flag>
    active: Generated<Flag>
  }
  discount_codes: {
    id: Generated<number>
    code: string
    kind: DiscountKind
    value: number
    starts_at: number | null
    ends_at: number | null
    minimum_minor: Generated<number>
    per_customer: number | null
    total_uses: number | null
    used: Generated<number>
    active: Generated<Flag>
    created_at: number
  }
  discount_uses: { order_id: number; code_id: number; person_id: number; returned_at: number | null }
  discount_guesses: { person_id: number; since: number; wrong: number }
  payment_requests: {
    id: Generated<number>
    order_id: number
    provider: OnlineProvider
    reference: string | null
    amount_minor: number
    currency: string
    order_minor: number
    state: RequestState
    link: string | null
    expires_at: number
    check_at: number | null
    attempts: Generated<number>
    last_error: string | null
    created_at: number
    updated_at: number
  }
  ledger: {
    id: Generated<number>
    kind: 'charge' | 'refund'
    provider: LedgerProvider
    reference: string
    charge_id: number | null
    order_id: number | null
    person_id: number | null
    amount_minor: number
    currency: string
    order_minor: number
    state: ChargeState | RefundState
    trouble: string | null
    link: string | null
    reason: string | null
    raw: string
    at: number
    stored_at: number
    updated_at: number
    check_at: number | null
    attempts: Generated<number>
  }
  payment_proofs: {
    id: Generated<number>
    order_id: number
    file: string
    kind: 'photo' | 'pdf'
    unique_id: string
    words: string | null
    state: Generated<ProofState>
    charge_id: number | null
    reason: string | null
    decided_by: number | null
    sent_at: number
    decided_at: number | null
  }
  provider_messages: {
    id: Generated<number>
    provider: 'btcpay'
    key: string
    body: string
    received_at: number
    done_at: number | null
    attempts: Generated<number>
    check_at: number | null
    last_error: string | null
  }
  book_checks: {
    id: Generated<number>
    key: string
    started_at: number
    finished_at: number | null
    figures: Generated<string>
  }
  book_differences: {
    id: Generated<number>
    key: string
    kind: string
    order_id: number | null
    ledger_id: number | null
    provider: LedgerProvider | null
    words: string
    found_at: number
    seen_at: number
    gone_at: number | null
    settled_by: number | null
  }
  jobs: {
    name: string
    started_at: number
    ended_at: number
    took_ms: number
    succeeded_at: number | null
    runs: number
    failures: number
    failing_since: number | null
    failing_runs: number
    told: Flag
    last_error: string | null
  }
  job_runs: {
    id: Generated<number>
    job: string
    period: string | null
    started_at: number
    took_ms: number
    done: number
    error: string | null
    asked_by: number | null
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
    channel: Channel
    kind: string
    recipient: string
    person_id: number | null
    device_id: number | null
    group_id: number | null
    card: Generated<Flag>
    silent: Generated<Flag>
    lane: Generated<number>
    state: Generated<NoticeState>
    planned_at: number
    due_at: number
    attempts: Generated<number>
    revision: Generated<number>
    lease: string | null
    last_error: string | null
    message_id: number | null
    created_at: number
    sent_at: number | null
    shown_at: number | null
    opened_at: number | null
    updated_at: number
  }
  notice_attempts: {
    id: Generated<number>
    notice_id: number
    at: number
    took_ms: number
    outcome: AttemptOutcome
    answer: string
  }
  notice_tallies: { hour: number; channel: Channel; outcome: TallyOutcome; bucket: number; count: number }
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
export type PaymentMethod = 'cash_on_delivery' | 'bank_transfer' | OnlineProvider
export type OnlineProvider = 'telegram' | 'stars' | 'btcpay'
export type LedgerProvider = 'cash' | 'transfer' | OnlineProvider
export type RequestState = 'wanted' | 'open' | 'seen' | 'paid' | 'over' | 'failed'
export type ChargeState = 'received' | 'applied' | 'open' | 'kept' | 'returned' | 'void'
export type RefundState = 'wanted' | 'by_hand' | 'offered' | 'done' | 'failed' | 'void'
export type ProofState = 'waiting' | 'approved' | 'rejected'
export type DiscountKind = 'percent' | 'amount' | 'free_delivery'
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
export type NoticeState = 'waiting' | 'sending' | 'sent' | 'dead' | 'undone' | 'dropped'
export type AttemptOutcome = 'sent' | 'wait' | 'retry' | 'final'
export type TallyOutcome = 'sent' | 'dead' | 'unreachable'
export type SessionKind = 'telegram' | 'browser'
