import type { Channel } from '../../../src/http/contract/notice.ts'
import { sendNoticeAgain } from '../api/notices.ts'
import { sentenceOf } from '../api/request.ts'
import { loadOrder } from '../order/open-order.ts'
import { say } from '../parts/snack.ts'
import { haptic } from '../telegram/telegram.ts'

/** Has a notice's news told once more. What stood in the way is said at the bottom edge. */
export async function resend(id: number, channel?: Channel): Promise<boolean> {
  try {
    const { number } = await sendNoticeAgain(id, channel)
    haptic('light')
    if (number !== null) void loadOrder(number)
    return true
  } catch (error) {
    haptic('error')
    say(sentenceOf(error))
    return false
  }
}
