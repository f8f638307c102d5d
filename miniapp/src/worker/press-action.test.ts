import { expect, test } from 'vitest'
import { notificationOf } from './notification.ts'
import { type Answer, pressStep, pressUndo } from './press-action.ts'
import { readPayload } from './read-payload.ts'

const PUSH = JSON.stringify({
  notification: { title: 'New order #1042', navigate: '/app/orders/1042', tag: 'order-1042' },
  notice: { id: 12, receipt: 'r' },
  action: { label: 'Accept', step: 'accept', orderId: 1042, version: 1 },
})

function given(maxActions = 2) {
  return notificationOf(readPayload(PUSH, 'https://shop.example'), maxActions).options
}

function shopThat(answer: Answer) {
  const asked: unknown[] = []
  const post = async (...call: unknown[]) => {
    asked.push(call)
    return answer
  }
  return { asked, post }
}

async function press(answer: Answer) {
  const { data, tag } = given()
  const { asked, post } = shopThat(answer)
  if (!data.step) throw new Error('no step')
  const shown = await pressStep(data.step, { tag: tag ?? '', label: 'Accept', data }, post)
  return { asked, shown }
}

test('a step is offered where the platform has buttons, and rings again unless it is silent', () => {
  expect(given().actions).toEqual([{ action: 'step', title: 'Accept' }])
  expect(given(0).actions).toEqual([])
  expect(given()).toMatchObject({ tag: 'order-1042', renotify: true, silent: false })
})

test('a step that was taken is confirmed with a way back', async () => {
  const { asked, shown } = await press({ status: 200, body: { version: 2, undoUntil: 5 } })
  expect(asked).toEqual([['/api/orders/1042/steps', { step: 'accept', version: 1 }, 'push-12-accept-1']])
  expect(shown).toMatchObject({
    title: 'Order #1042 is accepted',
    options: { tag: 'order-1042', silent: true, actions: [{ action: 'undo', title: 'Undo' }] },
  })
  const { data } = shown.options
  if (!data.undo) throw new Error('no undo')
  const back = shopThat({ status: 200, body: { version: 3 } })
  const undone = await pressUndo(data.undo, { tag: 'order-1042', label: 'Undo', data }, back.post)
  expect(back.asked).toEqual([['/api/orders/1042/undo', { version: 2 }, 'push-12-accept-1-undo']])
  expect(undone).toMatchObject({ title: 'Undone: order #1042 is as it was', options: { actions: [] } })
})

test('where nothing can be undone, no undo is offered', async () => {
  const { shown } = await press({ status: 200, body: { version: 2, undoUntil: null } })
  expect(shown.options.actions).toEqual([])
})

test('no failure is silent, and those that may pass can be tried again', async () => {
  const again = [{ action: 'step', title: 'Accept' }]
  const cases: [Answer, string, unknown[]][] = [
    [{ status: 0, body: {} }, 'No connection to the shop', again],
    [{ status: 503, body: { message: 'The shop is busy.' } }, 'The shop is busy.', again],
    [{ status: 500, body: {} }, 'That did not work', again],
    [{ status: 401, body: { message: 'x' } }, 'Sign in to the panel to do this', []],
    [
      { status: 409, body: { message: 'Order #1042 is cancelled now.' } },
      'Order #1042 is cancelled now.',
      [],
    ],
    [
      { status: 403, body: { message: 'Your role does not allow this.' } },
      'Your role does not allow this.',
      [],
    ],
  ]
  for (const [answer, title, actions] of cases) {
    const { shown } = await press(answer)
    expect(shown).toMatchObject({ title, options: { tag: 'order-1042', actions } })
    expect(shown.options.data.navigate).toBe('/app/orders/1042')
    expect(shown.options.data.step !== undefined).toBe(actions.length > 0)
  }
})
