import type { NoticeFate } from '../../../src/http/contract/notice.ts'
import { wayBack } from '../order/fate-reasons.ts'
import { ResendButton } from './resend-button.tsx'

/** Sends a dead letter again, where that may help and is still needed. */
export function Redress({ notice }: { notice: NoticeFate }) {
  return notice.unreachable || notice.toldBy ? null : <ResendButton id={notice.id} />
}

/** What has to happen before somebody out of reach can be told here. */
export function WayBack({ notice }: { notice: NoticeFate }) {
  if (notice.state !== 'dead' || !notice.unreachable || notice.toldBy) return null
  return <span class="small hint wrap">{wayBack(notice)}</span>
}
