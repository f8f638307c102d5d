import { useState } from 'preact/hooks'
import type { OrderDetail, TimelineEvent } from '../../../src/http/contract/order.ts'
import { sentenceOf } from '../api/request.ts'
import { waiveAnswer, writeToCustomer } from '../api/staff.ts'
import { Button } from '../parts/button.tsx'
import { useDraft } from '../parts/draft.ts'
import { Field } from '../parts/field.tsx'
import { Ago } from '../parts/when.tsx'
import { haptic } from '../telegram/telegram.ts'
import { showOrder } from './open-order.ts'
import './messages-card.css'

const MESSAGES = ['customer_wrote', 'shop_wrote', 'refund_asked']

/** What customer and shop have said to each other about the order, and a line to say more. */
export function MessagesCard({ order }: { order: OrderDetail }) {
  const said = order.timeline.filter((event) => MESSAGES.includes(event.type))
  return (
    <section class="section">
      <h2>Messages</h2>
      <div class="card card-pad messages">
        {said.length > 0 && (
          <ol class="messages-thread">
            {said.map((event) => (
              <Message key={event.id} event={event} />
            ))}
          </ol>
        )}
        <Writer order={order} />
      </div>
    </section>
  )
}

function Message({ event }: { event: TimelineEvent }) {
  const own = event.type === 'shop_wrote'
  return (
    <li class={own ? 'message message-own' : 'message'} data-message={event.type}>
      {event.type === 'refund_asked' && <p class="small strong">Asks for the money back</p>}
      <p class="wrap">{String(event.data.words ?? '')}</p>
      <p class="small message-foot">
        {event.actorName} · <Ago at={event.at} />
      </p>
    </li>
  )
}

function Writer({ order }: { order: OrderDetail }) {
  const draft = useDraft<string>(`message.${order.number}`)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const words = draft.value ?? ''
  const lost = order.customer.reach === 'blocked' || order.customer.reach === 'gone'

  async function settle(ask: Promise<OrderDetail>): Promise<void> {
    setBusy(true)
    setProblem(undefined)
    try {
      showOrder(await ask)
      draft.drop()
      haptic('success')
    } catch (error) {
      haptic('error')
      setProblem(sentenceOf(error))
    }
    setBusy(false)
  }

  return (
    <>
      <Field
        label={`To ${order.customer.name}`}
        value={words}
        error={problem}
        hint={lost ? 'This customer cannot be reached in Telegram at the moment.' : undefined}
        placeholder="It arrives in their chat with the shop"
        maxLength={1000}
        rows={2}
        onInput={(value) => {
          setProblem(undefined)
          draft.keep(value)
        }}
      />
      {words.trim() ? (
        <Button
          icon="send"
          busy={busy}
          onPress={() => void settle(writeToCustomer(order.number, words.trim()))}
        >
          Send
        </Button>
      ) : (
        order.unansweredSince !== null && (
          <Button icon="check" busy={busy} onPress={() => void settle(waiveAnswer(order.number))}>
            No answer needed
          </Button>
        )
      )}
    </>
  )
}
