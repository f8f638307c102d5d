import { expect, it } from 'vitest'
import { browserName } from './browser-name.ts'

it('names browsers as people do', () => {
  const kit = 'AppleWebKit/537.36 (KHTML, like Gecko)'
  const names = [
    `Mozilla/5.0 (Linux; Android 15; Pixel 9) ${kit} Chrome/131.0 Mobile Safari/537.36`,
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${kit} Chrome/131.0 Safari/537.36 Edg/131.0`,
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/604.1',
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 14.7; rv:132.0) Gecko/20100101 Firefox/132.0',
    `Mozilla/5.0 (X11; Linux x86_64) ${kit} HeadlessChrome/131.0 Safari/537.36`,
    'curl/8.5',
    '',
  ].map(browserName)
  expect(names).toEqual([
    'Chrome on Android',
    'Edge on Windows',
    'Safari on iPhone',
    'Firefox on Mac',
    'Chrome on Linux',
    'A browser',
    'A browser',
  ])
})
