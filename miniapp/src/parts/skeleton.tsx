import './skeleton.css'

/** Stands where a line of text will be. */
export function Bone({ width, tall = false }: { width: 'short' | 'half' | 'long' | 'full'; tall?: boolean }) {
  return <span class={`bone bone-${width}${tall ? ' bone-tall' : ''}`} />
}

/** Stands for a list that is on its way. */
export function RowSkeletons({ count }: { count: number }) {
  return (
    <div class="card" role="status" aria-label="Loading">
      {Array.from({ length: count }, (_, i) => (
        <div class="bone-row" key={i}>
          <span class="bone bone-icon" />
          <div class="bone-lines">
            <Bone width={i % 2 ? 'half' : 'long'} />
            <Bone width="short" />
          </div>
        </div>
      ))}
    </div>
  )
}
