import { useState } from 'preact/hooks'
import { Button } from '../parts/button.tsx'
import { resend } from './resend.ts'

/** Sends one notice again, the way it was. */
export function ResendButton({ id }: { id: number }) {
  const [busy, setBusy] = useState(false)
  async function press(): Promise<void> {
    setBusy(true)
    await resend(id)
    setBusy(false)
  }
  return (
    <Button busy={busy} onPress={() => void press()}>
      Resend
    </Button>
  )
}
