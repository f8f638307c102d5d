import { useSignal } from '@preact/signals'
import { chat, me } from '../world/world.ts'
import { ActiveList } from './active-list.tsx'
import { addFault, delayUpdates, duplicateUpdates, knownFaults, updateDelay } from './faults.ts'
import './faults-tab.css'

const methods = ['sendMessage', 'sendPhoto', 'sendMediaGroup', 'editMessageText', 'editMessageCaption']
const others = ['editMessageMedia', 'answerCallbackQuery', 'answerPreCheckoutQuery', 'getUpdates']
const counts = [1, 3, 10, 50]

export function FaultsTab() {
  const count = useSignal(1)
  const method = useSignal('')
  const onlyHere = useSignal(false)

  function scope() {
    return {
      count: count.value,
      ...(method.value ? { method: method.value } : {}),
      ...(onlyHere.value && chat.peek() ? { chatId: chat.peek()?.id ?? 0 } : {}),
    }
  }

  return (
    <div class="faults">
      <ActiveList />
      <section>
        <h2>When the shop calls Telegram</h2>
        <div class="faults-scope">
          <label>
            The next
            <select
              class="field"
              value={count.value}
              onChange={(event) => (count.value = Number(event.currentTarget.value))}
            >
              {counts.map((number) => (
                <option key={number} value={number}>
                  {number === 1 ? '1 call' : `${number} calls`}
                </option>
              ))}
            </select>
          </label>
          <label>
            of
            <select
              class="field"
              value={method.value}
              onChange={(event) => (method.value = event.currentTarget.value)}
            >
              <option value="">any method</option>
              {[...methods, ...others].map((name) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          </label>
        </div>
        <label class="faults-check">
          <input
            type="checkbox"
            checked={onlyHere.value}
            onChange={(event) => (onlyHere.value = event.currentTarget.checked)}
          />
          Only to {me.value?.firstName ?? 'this person'}
        </label>
        <ul>
          {knownFaults.map((fault) => (
            <li key={fault.with}>
              <button
                type="button"
                class="fault"
                onClick={() => void addFault({ ...scope(), with: fault.with })}
              >
                <b>{fault.name}</b>
                <span class="hint">{fault.meaning}</span>
              </button>
            </li>
          ))}
        </ul>
      </section>
      <section>
        <h2>When Telegram tells the shop</h2>
        <ul>
          <li>
            <button type="button" class="fault" onClick={() => void duplicateUpdates(5)}>
              <b>The next 5 come twice</b>
              <span class="hint">Telegram repeats what it was not sure had arrived.</span>
            </button>
          </li>
          <li>
            <button
              type="button"
              class="fault"
              aria-pressed={updateDelay.value > 0}
              onClick={() => void delayUpdates(updateDelay.peek() > 0 ? 0 : 8000)}
            >
              <b>
                {updateDelay.value > 0 ? 'Let them come at once again' : 'Everything comes 8 seconds late'}
              </b>
              <span class="hint">The line is slow: what people press and write reaches the shop late.</span>
            </button>
          </li>
        </ul>
      </section>
    </div>
  )
}
