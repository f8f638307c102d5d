import { formatMoney } from '../../../lib/money.ts'
import type { ImportPlan } from './plan-import.ts'
import type { ProductPlan } from './plan-product.ts'
import type { Refusal } from './read-csv.ts'

const MAX_LINES = 200

/** The plan as text for a terminal. */
export function describePlan(plan: ImportPlan, currency: string): string {
  const { file, added, changed, unchanged, refusals } = plan
  const refused = new Set(refusals.map((refusal) => refusal.handle || `row ${refusal.row}`))
  return [
    `${count(file.rowCount, 'row')}: ${added.length} new, ${changed.length} changed, ` +
      `${unchanged.length} unchanged, ${refused.size} refused`,
    section(
      'New',
      added.map((product) => `  + ${describeNew(product, currency)}`),
    ),
    section(
      'Changed',
      changed.flatMap(({ plan: product, differences }) => [
        `  ~ ${nameOf(product)}`,
        ...differences.map((line) => `      ${line}`),
      ]),
    ),
    section('Taken with a remark', plan.notes.map(describeRow)),
    section('Refused (a product is taken whole or not at all)', refusals.map(describeRow)),
    remarks(plan),
  ]
    .filter(Boolean)
    .join('\n\n')
}

function section(heading: string, lines: string[]): string {
  if (lines.length === 0) return ''
  const shown = lines.slice(0, MAX_LINES)
  if (lines.length > MAX_LINES) shown.push(`  … and ${lines.length - MAX_LINES} more lines`)
  return [heading, ...shown].join('\n')
}

function nameOf({ title, imported }: ProductPlan): string {
  return `${title} (${imported.handle})`
}

function describeNew(product: ProductPlan, currency: string): string {
  const prices = product.variants.map((variant) => variant.priceMinor)
  const [low, high] = [Math.min(...prices), Math.max(...prices)].map((minor) => formatMoney(minor, currency))
  const stock = product.variants.reduce((sum, variant) => sum + variant.available, 0)
  return [
    nameOf(product),
    product.category.name,
    ...(product.variants.length > 1 ? [count(product.variants.length, 'variant')] : []),
    low === high ? low : `${low} to ${high}`,
    `${stock} in stock`,
    ...(product.status === 'active' ? [] : [product.status]),
  ].join(', ')
}

function describeRow({ row, handle, reason }: Refusal): string {
  return `  ! row ${row}${handle && ` (${handle})`} ${reason}`
}

function remarks({ file }: ImportPlan): string {
  const lines: string[] = []
  if (!file.hasStock) {
    lines.push('The file has no stock column: stock stays as it is, and new variants start sold out.')
  }
  if (file.unusedColumns.length > 0) {
    const [shown, more] = [file.unusedColumns.slice(0, 6), file.unusedColumns.length - 6]
    lines.push(`Columns not used: ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`)
  }
  return lines.join('\n')
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`
}
