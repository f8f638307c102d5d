import { type Actor, startBot } from '../api/sandbox.ts'
import { attempt } from '../parts/toast.ts'
import type { Chat } from '../world/chat-state.ts'
import './closed-composer.css'

/** All one can do where the bot may not write: let it. */
export function ClosedComposer({ actor, chat }: { actor: Actor; chat: Chat }) {
  const blocked = chat.access === 'blocked'
  return (
    <footer class="closed-composer">
      {blocked && <p class="hint small">You blocked this bot. It cannot write to you.</p>}
      <button type="button" onClick={() => void attempt(() => startBot(actor))}>
        {blocked ? 'RESTART BOT' : 'START'}
      </button>
    </footer>
  )
}
