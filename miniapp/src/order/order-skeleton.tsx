import { Bone, RowSkeletons } from '../parts/skeleton.tsx'

/** Stands for an order that is on its way. */
export function OrderSkeleton() {
  return (
    <>
      <div class="card card-pad order-summary">
        <Bone width="short" />
        <Bone width="half" tall />
        <Bone width="full" />
      </div>
      <RowSkeletons count={2} />
      <RowSkeletons count={3} />
    </>
  )
}
