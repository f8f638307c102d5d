import './letters-left.css'

const worthSaying = 200

/** How much of Telegram's limit is left, once it is little. */
export function LettersLeft({ left }: { left: number }) {
  if (left >= worthSaying) return null
  return (
    <p class={left < 0 ? 'letters-left over' : 'letters-left'} role="status">
      {left < 0 ? `${-left} characters too many` : `${left} characters left`}
    </p>
  )
}
