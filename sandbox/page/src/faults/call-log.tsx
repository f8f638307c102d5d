import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { ask } from '../api/http.ts'
import type { ApiCall } from '../api/shapes.ts'
import { people } from '../world/world.ts'
import './call-log.css'

const refresh = 1000
const shown = 60

/** What the bot has asked of Telegram lately, newest first. Polling for updates is left out. */
export function CallLog() {
  const calls = useSignal<ApiCall[]>([])

  useEffect(() => {
    const load = async () => {
      const list = await ask<ApiCall[]>(`/calls?limit=${shown}`).catch(() => undefined)
      if (list) calls.value = list.reverse()
    }
    void load()
    const timer = setInterval(() => void load(), refresh)
    return () => clearInterval(timer)
  }, [calls])

  if (calls.value.length === 0) return <p class="calls-empty hint">The bot has not called yet.</p>
  return (
    <ul class="calls">
      {calls.value.map((call) => (
        <li
          key={`${call.at}:${call.method}:${String(call.params.chat_id)}:${JSON.stringify(call.params).length}`}
        >
          <details>
            <summary>
              <time>{new Date(call.at).toLocaleTimeString('en-GB')}</time>
              <b class="cut">{call.method}</b>
              <Outcome call={call} />
              <span class="hint cut">{describe(call)}</span>
            </summary>
            <pre>
              {JSON.stringify(
                { ...call.params, ...(call.files.length ? { files: call.files } : {}) },
                null,
                2,
              )}
            </pre>
            {call.error && <p class="calls-error">{call.error}</p>}
          </details>
        </li>
      ))}
    </ul>
  )
}

function Outcome({ call }: { call: ApiCall }) {
  const { status, fault } = call
  const words = fault ? `fault: ${fault}` : status === 0 ? 'under way' : String(status)
  const kind = status === 200 && !fault ? 'ok' : status === 0 && !fault ? 'waiting' : 'bad'
  return <span class={`outcome ${kind}`}>{words}</span>
}

function describe({ params, error }: ApiCall): string {
  if (error) return error
  const person = people.peek().find(({ id }) => id === Number(params.chat_id))
  const words = params.text ?? params.caption ?? params.callback_query_id ?? ''
  return [person?.firstName ?? params.chat_id, words].filter(Boolean).join(': ')
}
