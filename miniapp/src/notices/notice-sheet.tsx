import { useEffect, useState } from 'preact/hooks'
import type { Channel, NoticeDetail } from '../../../src/http/contract/notice.ts'
import { fetchNotice } from '../api/notices.ts'
import { sentenceOf } from '../api/request.ts'
import { listenLive } from '../live/live.ts'
import { CHANNEL_ICONS } from '../order/channel-icons.ts'
import { CHANNEL_WORDS } from '../order/fate.ts'
import { kindOf, recipientOf } from '../order/notice-kinds.ts'
import { Button } from '../parts/button.tsx'
import { Broken } from '../parts/notice.tsx'
import { Sheet } from '../parts/sheet.tsx'
import { RowSkeletons } from '../parts/skeleton.tsx'
import { NoticeProof } from './notice-proof.tsx'
import { followCalmly } from './overview.ts'
import { WayBack } from './redress.tsx'
import { resend } from './resend.ts'
import './notice-sheet.css'

interface NoticeSheetProps {
  id: number
  onClose: () => void
}

/** The proof of one notice, live, and the ways to tell it once more. */
export function NoticeSheet({ id, onClose }: NoticeSheetProps) {
  const [notice, setNotice] = useState<NoticeDetail>()
  const [problem, setProblem] = useState<string>()

  async function load(): Promise<void> {
    setProblem(undefined)
    try {
      setNotice(await fetchNotice(id))
    } catch (error) {
      setProblem(sentenceOf(error))
    }
  }
  useEffect(() => {
    void load()
    const stops = [
      listenLive('notice', (change) => {
        if (change.notice.id === id) void load()
      }),
      // What happens to the same news elsewhere, or to its reader, changes what can be done here.
      followCalmly(load),
    ]
    return () => {
      for (const stop of stops) stop()
    }
  }, [id])

  const title = notice ? `${kindOf(notice)} → ${recipientOf(notice)}` : 'Notice'
  return (
    <Sheet title={title} onClose={onClose}>
      {notice ? (
        <>
          <NoticeProof notice={notice} />
          <WayBack notice={notice} />
          <Ways notice={notice} onSent={() => void load()} />
        </>
      ) : problem ? (
        <Broken message={problem} onRetry={() => void load()} />
      ) : (
        <RowSkeletons count={3} />
      )}
    </Sheet>
  )
}

function Ways({ notice, onSent }: { notice: NoticeDetail; onSent: () => void }) {
  const [busy, setBusy] = useState<Channel>()
  async function send(channel: Channel): Promise<void> {
    setBusy(channel)
    if (await resend(notice.id, channel)) onSent()
    setBusy(undefined)
  }
  return (
    <div class="notice-ways">
      {notice.ways.map((channel) => (
        <Button
          key={channel}
          icon={CHANNEL_ICONS[channel]}
          busy={busy === channel}
          disabled={busy !== undefined && busy !== channel}
          onPress={() => void send(channel)}
        >
          {channel === notice.channel ? 'Send again' : `By ${CHANNEL_WORDS[channel]} instead`}
        </Button>
      ))}
    </div>
  )
}
