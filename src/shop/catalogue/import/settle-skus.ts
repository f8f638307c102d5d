import type { SkuOwner } from '../../../db/catalogue-import.ts'
import type { ProductPlan } from './plan-product.ts'
import type { Refusal } from './read-csv.ts'

export interface SettledSkus {
  plans: ProductPlan[]
  refusals: Refusal[]
  /** Variants of other products that give up a SKU the file gives to another. */
  releasedIds: number[]
}

/**
 * A SKU belongs to one variant of the whole shop. A product may take it from another one that the same file
 * changes, that is archived, or that no longer sells the variant; otherwise it is refused.
 */
export function settleSkus(plans: ProductPlan[], owners: SkuOwner[]): SettledSkus {
  const ownerOf = new Map(owners.map((owner) => [owner.sku, owner]))
  const refusals: Refusal[] = []
  const releasedIds = new Set<number>()
  let kept = plans
  // Refusing one product may leave another without the SKU it was to get from it, so again until nothing changes.
  for (;;) {
    const handles = new Set(kept.map((plan) => plan.imported.handle))
    const isFree = (owner: SkuOwner) =>
      handles.has(owner.handle) || owner.status === 'archived' || owner.active === 0
    const refused = kept.flatMap((plan) => clashesOf(plan, ownerOf).filter(({ owner }) => !isFree(owner)))
    if (refused.length === 0) break
    for (const { row, handle, owner } of refused) {
      refusals.push({
        row,
        handle,
        reason: `has the SKU “${owner.sku}” of another product, “${owner.handle}”`,
      })
    }
    const gone = new Set(refused.map(({ handle }) => handle))
    kept = kept.filter((plan) => !gone.has(plan.imported.handle))
  }
  for (const plan of kept) for (const { owner } of clashesOf(plan, ownerOf)) releasedIds.add(owner.id)
  for (const plan of kept) giveUp(plan, releasedIds, ownerOf)
  return { plans: kept, refusals, releasedIds: [...releasedIds] }
}

interface Clash {
  row: number
  handle: string
  owner: SkuOwner
}

function clashesOf(plan: ProductPlan, ownerOf: Map<string | null, SkuOwner>): Clash[] {
  const { handle, variants = [] } = plan.imported
  return variants.flatMap(({ row, sku }) => {
    const owner = sku === undefined ? undefined : ownerOf.get(sku)
    return owner && owner.handle !== handle ? [{ row, handle, owner }] : []
  })
}

// A variant that is taken off sale, or that says nothing of a SKU, would otherwise keep the one it lost.
function giveUp(plan: ProductPlan, releasedIds: Set<number>, ownerOf: Map<string | null, SkuOwner>): void {
  for (const variant of plan.variants) {
    if (variant.id === null || !releasedIds.has(variant.id)) continue
    if (ownerOf.get(variant.sku)?.id === variant.id) variant.sku = null
  }
}
