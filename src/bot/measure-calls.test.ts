import { expect, it, onTestFinished } from 'vitest'
import { startTelegram } from '../../sandbox/telegram/driver.ts'
import { createMetrics } from '../lib/metrics.ts'
import { measureCalls } from './measure-calls.ts'
import { openApi } from './open-api.ts'

async function givenApi() {
  const telegram = await startTelegram()
  onTestFinished(() => telegram.stop())
  const metrics = createMetrics()
  const api = openApi(telegram.token, telegram.apiRoot)
  api.config.use(measureCalls(metrics))
  const text = () => metrics.text()
  return { telegram, api, text }
}

it('notices that Telegram is away where the shop only listens, as in a night without customers', async () => {
  const { telegram, api, text } = await givenApi()
  telegram.faults.answerNext({ method: 'getUpdates', with: 'cut' })
  await expect(api.getUpdates()).rejects.toThrow()
  telegram.faults.answerNext({ method: 'getUpdates', with: 500 })
  await expect(api.getUpdates()).rejects.toThrow()
  await api.getUpdates({ timeout: 0 })
  for (const outcome of ['unreachable', 'failed', 'ok'])
    expect(await text()).toContain(
      `littleshop_telegram_call_duration_seconds_count{method="getUpdates",outcome="${outcome}"} 1`,
    )
})

it('does not hold against Telegram what the shop breaks off itself', async () => {
  const { api, text } = await givenApi()
  const stopping = new AbortController()
  const listening = api.getUpdates({ timeout: 30 }, stopping.signal as never)
  stopping.abort()
  await expect(listening).rejects.toThrow()
  expect(await text()).not.toContain('outcome="unreachable"')
})
