import { expect, test } from 'vitest'
import { answerOf, readCall, type Surroundings, writeEvent } from './bridge.ts'
import { themeOf, withTheme } from './theme-params.ts'

const around: Surroundings = { theme: themeOf(true), width: 375, height: 700, wide: false }

test('reads what the SDK posts, and nothing else', () => {
  const posted = JSON.stringify({ eventType: 'web_app_setup_back_button', eventData: { is_visible: true } })
  expect(readCall(posted)).toEqual({ method: 'web_app_setup_back_button', params: { is_visible: true } })
  expect(readCall(JSON.stringify({ eventType: 'web_app_ready' }))).toEqual({
    method: 'web_app_ready',
    params: {},
  })
  expect([readCall('not JSON'), readCall({ other: 1 }), readCall(null), readCall('7')]).toEqual(
    Array(4).fill(undefined),
  )
})

test('answers what the SDK asks when it starts', () => {
  const ask = (method: string) => answerOf({ method, params: {} }, around)
  expect(ask('web_app_request_theme')).toEqual(['theme_changed', { theme_params: themeOf(true) }])
  expect(ask('web_app_request_viewport')).toEqual([
    'viewport_changed',
    { width: 375, height: 700, is_expanded: true, is_state_stable: true },
  ])
  expect(ask('web_app_request_safe_area')?.[0]).toBe('safe_area_changed')
  expect(ask('web_app_close')).toBeUndefined()
})

test('events are written as the SDK reads them', () => {
  expect(JSON.parse(writeEvent(['back_button_pressed']))).toEqual({
    eventType: 'back_button_pressed',
    eventData: null,
  })
})

test('the launch URL gets the page’s theme and keeps its signature', () => {
  const url = 'http://127.0.0.1:1/app#tgWebAppData=hash%3Dabc&tgWebAppThemeParams=%7B%7D&tgWebAppVersion=8.0'
  const themed = new URLSearchParams(new URL(withTheme(url, themeOf(true))).hash.slice(1))
  expect(JSON.parse(themed.get('tgWebAppThemeParams') ?? '')).toEqual(themeOf(true))
  expect([themed.get('tgWebAppData'), themed.get('tgWebAppVersion')]).toEqual(['hash=abc', '8.0'])
})
