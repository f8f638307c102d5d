import { ShopError } from '../../lib/shop-error.ts'
import type { Actor } from '../work.ts'

/** The id of the owner who acts. Throws a ShopError forbidden for anybody else. */
export function requireOwner(actor: Actor): number {
  if (actor.kind !== 'staff' || actor.role !== 'owner' || actor.id === null) {
    throw new ShopError('forbidden', 'Only an owner can do this.')
  }
  return actor.id
}
