import { useState } from 'preact/hooks'
import { sentenceOf } from '../api/request.ts'
import { clearReview } from '../api/staff.ts'
import { Button } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { say } from '../parts/snack.ts'
import { me } from '../session/shop.ts'
import { haptic } from '../telegram/telegram.ts'
import { showOrder } from './open-order.ts'
import './review-note.css'

/** Why somebody should look at the order; an owner or manager says when that is done. */
export function ReviewNote({ number, reason }: { number: number; reason: string }) {
  const [busy, setBusy] = useState(false)

  async function done(): Promise<void> {
    setBusy(true)
    try {
      showOrder(await clearReview(number))
      haptic('success')
    } catch (error) {
      haptic('error')
      say(sentenceOf(error))
    }
    setBusy(false)
  }

  return (
    <div class="review-note">
      <Icon name="alert" />
      <p class="strong line-words wrap">{reason}</p>
      {me().role !== 'packer' && (
        <Button busy={busy} onPress={() => void done()}>
          Done
        </Button>
      )}
    </div>
  )
}
