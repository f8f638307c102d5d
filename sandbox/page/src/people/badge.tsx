import './badge.css'

/** How many wait, in a small round field; nothing when none do. */
export function Badge({ count, what }: { count: number; what: string }) {
  if (count <= 0) return null
  return (
    <span class="badge">
      {count > 99 ? '99+' : count}
      <span class="unseen"> {what}</span>
    </span>
  )
}
