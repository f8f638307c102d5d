import type { VariantRow } from '../../../db/catalogue.ts'
import { formatMoney } from '../../../lib/money.ts'
import type { ProductPlan } from './plan-product.ts'
import type { VariantWrite } from './plan-variants.ts'
import { shorten } from './reading.ts'

/** What the import changes about a product, one readable line each; none when it stays as it is. */
export function listDifferences(
  plan: ProductPlan,
  before: NonNullable<ProductPlan['before']>,
  currency: string,
): string[] {
  const { product } = before
  const lines: string[] = []
  if (plan.title !== product.title) lines.push(change('title', quote(product.title), quote(plan.title)))
  if (plan.description !== product.description) lines.push(describeText(plan.description))
  if (plan.status !== product.status) lines.push(change('status', product.status, plan.status))
  if (plan.digital !== product.digital) {
    lines.push(plan.digital ? 'digital from now on: nothing to ship' : 'to be shipped from now on')
  }
  if (plan.category.id === null || plan.category.id !== product.category_id) {
    lines.push(change('category', before.category?.name ?? 'none', plan.category.name))
  }
  const optionsNow = JSON.parse(product.option_names) as string[]
  if (JSON.stringify(plan.optionNames) !== product.option_names) {
    lines.push(change('options', optionsNow.join(', ') || 'none', plan.optionNames.join(', ') || 'none'))
  }
  lines.push(...plan.variants.flatMap((variant) => variantLines(variant, currency)))
  const urlsNow = before.images.map((image) => image.url)
  if (plan.imageUrls && JSON.stringify(plan.imageUrls) !== JSON.stringify(urlsNow)) {
    lines.push(change('pictures', String(urlsNow.length), `${plan.imageUrls.length}, as in the file`))
  }
  return lines
}

function variantLines(variant: VariantWrite, currency: string): string[] {
  const money = (minor: number) => formatMoney(minor, currency)
  const name = variant.title === '' ? '' : ` of ${quote(variant.title)}`
  const { before } = variant
  if (!before) {
    return [
      `new variant${name.replace(' of', '')} at ${money(variant.priceMinor)}, ${variant.available} in stock`,
    ]
  }
  if (before.active === 1 && variant.active === 0)
    return [`no longer sold${name && `: ${quote(variant.title)}`}`]
  const lines: string[] = []
  function compare(what: string, from: string | number, to: string | number): void {
    if (from !== to) lines.push(change(`${what}${name}`, String(from), String(to)))
  }
  if (before.active === 0) lines.push(`sold again${name && `: ${quote(variant.title)}`}`)
  compare('price', money(before.price_minor), money(variant.priceMinor))
  compare('stock', before.available, variant.available)
  compare('SKU', before.sku ?? 'none', variant.sku ?? 'none')
  compare('name', quote(before.title), quote(variant.title))
  if (lines.length === 0 && differs(before, variant)) lines.push(`order of variants${name}`)
  return lines
}

function differs(before: VariantRow, variant: VariantWrite): boolean {
  return before.position !== variant.position || before.options !== variant.options
}

function describeText(text: string): string {
  return text === '' ? 'description: removed' : `description: now ${quote(text)}`
}

function change(what: string, from: string, to: string): string {
  return `${what}: ${from} → ${to}`
}

function quote(text: string): string {
  return `“${shorten(text)}”`
}
