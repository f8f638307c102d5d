import { GrammyError, HttpError } from 'grammy'
import { expect, it } from 'vitest'
import { suiteLog } from '../../tests/suite-log.ts'
import { settableClock } from '../lib/clock.ts'
import { untilAnswered } from './until-answered.ts'

const log = suiteLog()

function refusal(error_code: number): GrammyError {
  return new GrammyError('refused', { ok: false, error_code, description: 'words' }, 'getMe', {})
}

it('asks again after a pause that never grows beyond five seconds, and gives back the answer', async () => {
  const clock = settableClock()
  let calls = 0
  let silences = 0
  const onAway = () => {
    silences += 1
  }
  const asked = untilAnswered({ clock, log, onAway }, () => {
    calls += 1
    if (calls <= 8) return Promise.reject(calls % 2 ? new HttpError('cut', new Error('cut')) : refusal(502))
    return Promise.resolve('here')
  })
  for (let i = 0; i < 8; i++) {
    await new Promise(setImmediate)
    clock.advance(5_000)
  }
  expect([await asked, calls, silences]).toEqual(['here', 9, 8])
})

it('does not ask again where that mends nothing', async () => {
  const clock = settableClock()
  await expect(untilAnswered({ clock, log }, () => Promise.reject(refusal(401)))).rejects.toThrow('401')
})
