import type { Selectable } from 'kysely'
import type { Reader, Tx } from './database.ts'
import type { Flag, PaymentMethod, ProductStatus, Tables } from './schema.ts'
import { sql, statement } from './statement.ts'

export type CheckoutRow = Selectable<Tables['checkouts']>
export type DeliveryMethodRow = Selectable<Tables['delivery_methods']>
export type PaymentMethodRow = Selectable<Tables['payment_methods']>

const cartOf = statement<{ personId: number }>()((p) =>
  sql
    .selectFrom('cart_lines')
    .innerJoin('variants', 'variants.id', 'cart_lines.variant_id')
    .innerJoin('products', 'products.id', 'variants.product_id')
    .where('cart_lines.person_id', '=', p.personId)
    .select([
      'variants.id as variant_id',
      'products.id as product_id',
      'products.title',
      'products.status',
      'products.digital',
      'products.tax_rate_id',
      'variants.title as variant_title',
      'variants.sku',
      'variants.price_minor',
      'variants.available',
      'variants.active',
      'cart_lines.quantity',
    ])
    .orderBy('cart_lines.added_at')
    .orderBy('variants.id'),
)

const putCartLine = statement<{ personId: number; variantId: number; quantity: number; now: number }>()((p) =>
  sql
    .insertInto('cart_lines')
    .values({ person_id: p.personId, variant_id: p.variantId, quantity: p.quantity, added_at: p.now })
    .onConflict((oc) => oc.columns(['person_id', 'variant_id']).doUpdateSet({ quantity: p.quantity })),
)

const deleteCartLine = statement<{ personId: number; variantId: number }>()((p) =>
  sql.deleteFrom('cart_lines').where('person_id', '=', p.personId).where('variant_id', '=', p.variantId),
)

const deleteCart = statement<{ personId: number }>()((p) =>
  sql.deleteFrom('cart_lines').where('person_id', '=', p.personId),
)

const checkoutOf = statement<{ personId: number }>()((p) =>
  sql.selectFrom('checkouts').selectAll().where('person_id', '=', p.personId),
)

const putCheckout = statement<{
  personId: number
  key: string
  deliveryMethodId: number | null
  paymentMethod: PaymentMethod | null
  address: string | null
  phone: string | null
  note: string | null
  discountCode: string | null
  now: number
}>()((p) => {
  const answers = {
    delivery_method_id: p.deliveryMethodId,
    payment_method: p.paymentMethod,
    address: p.address,
    phone: p.phone,
    note: p.note,
    discount_code: p.discountCode,
  }
  return sql
    .insertInto('checkouts')
    .values({ person_id: p.personId, key: p.key, started_at: p.now, ...answers })
    .onConflict((oc) => oc.column('person_id').doUpdateSet(answers))
})

const deleteCheckout = statement<{ personId: number }>()((p) =>
  sql.deleteFrom('checkouts').where('person_id', '=', p.personId),
)

const deliveryMethods = statement()(() =>
  sql.selectFrom('delivery_methods').selectAll().where('active', '=', 1).orderBy('position').orderBy('id'),
)

const allDeliveryMethods = statement()(() =>
  sql.selectFrom('delivery_methods').selectAll().orderBy('position').orderBy('id'),
)

const paymentMethods = statement()(() => sql.selectFrom('payment_methods').selectAll().orderBy('position'))

const putDeliveryMethod = statement<{
  id: number | null
  name: string
  priceMinor: number
  needsAddress: Flag
  position: number
  active: Flag
}>()((p) => {
  const values = {
    name: p.name,
    price_minor: p.priceMinor,
    needs_address: p.needsAddress,
    position: p.position,
    active: p.active,
  }
  return sql
    .insertInto('delivery_methods')
    .values({ id: p.id as number, ...values })
    .onConflict((oc) => oc.column('id').doUpdateSet(values))
})

const updatePaymentMethod = statement<{ kind: PaymentMethod; instructions: string; active: Flag }>()((p) =>
  sql
    .updateTable('payment_methods')
    .set({ instructions: p.instructions, active: p.active })
    .where('kind', '=', p.kind),
)

export interface CartLineRow {
  variant_id: number
  product_id: number
  title: string
  status: ProductStatus
  digital: Flag
  tax_rate_id: number | null
  variant_title: string
  sku: string | null
  price_minor: number
  available: number
  active: Flag
  quantity: number
}

export function listCart(db: Reader, personId: number): CartLineRow[] {
  return db.all(cartOf({ personId }))
}

/** Sets how many of a variant the cart holds; 0 takes it out. */
export function setCartLine(
  tx: Tx,
  line: { personId: number; variantId: number; quantity: number; now: number },
): void {
  tx.run(line.quantity > 0 ? putCartLine(line) : deleteCartLine(line))
}

export function clearCart(tx: Tx, personId: number): void {
  tx.run(deleteCart({ personId }))
}

export function findCheckout(db: Reader, personId: number): CheckoutRow | undefined {
  return db.first(checkoutOf({ personId }))
}

export function saveCheckout(tx: Tx, checkout: Parameters<typeof putCheckout>[0]): void {
  tx.run(putCheckout(checkout))
}

export function removeCheckout(tx: Tx, personId: number): void {
  tx.run(deleteCheckout({ personId }))
}

export function listDeliveryMethods(db: Reader): DeliveryMethodRow[] {
  return db.all(deliveryMethods({}))
}

/** All delivery methods, switched off ones included. */
export function listAllDeliveryMethods(db: Reader): DeliveryMethodRow[] {
  return db.all(allDeliveryMethods({}))
}

/** All payment methods, switched off ones included. */
export function listPaymentMethods(db: Reader): PaymentMethodRow[] {
  return db.all(paymentMethods({}))
}

/** Adds a delivery method (id null) or changes one. */
export function saveDeliveryMethod(tx: Tx, method: Parameters<typeof putDeliveryMethod>[0]): void {
  tx.run(putDeliveryMethod(method))
}

export function savePaymentMethod(tx: Tx, method: Parameters<typeof updatePaymentMethod>[0]): void {
  tx.run(updatePaymentMethod(method))
}
