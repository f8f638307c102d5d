import { describe, expect, it } from 'vitest'
import { checkEndpoint } from './push-hosts.ts'

describe('the allow-list of push services', () => {
  it.each([
    'https://fcm.googleapis.com/fcm/send/abc:def',
    'https://FCM.googleapis.com:443/wp/abc',
    'https://updates.push.services.mozilla.com/wpush/v2/abc',
    'https://web.push.apple.com/QAbc',
    'https://db5p.notify.windows.com/w/?token=abc',
  ])('takes %s', (endpoint) => expect(checkEndpoint(endpoint)).toBeUndefined())

  it.each([
    'http://fcm.googleapis.com/fcm/send/abc',
    'https://fcm.googleapis.com:8443/fcm/send/abc',
    'https://fcm.googleapis.com@evil.org/fcm/send/abc',
    'https://user@fcm.googleapis.com/fcm/send/abc',
    'https://user:pass@web.push.apple.com/abc',
    'https://fcm.googleapis.com.evil.org/abc',
    'https://evil.org/fcm.googleapis.com',
    'https://evil.org#.push.apple.com',
    'https://evil.org?.push.apple.com',
    'https://evil.org\\.push.apple.com',
    'https://evilpush.apple.com/abc',
    'https://push.apple.com/abc',
    'https://web.push.apple.com./abc',
    'https://fcm.googleapis.com%2eevil.org/abc',
    'https://sub.fcm.googleapis.com/abc',
    'https://127.0.0.1/abc',
    'https://2130706433/abc',
    'https://[::1]/abc',
    'https://169.254.169.254/latest/meta-data',
    'http://169.254.169.254/latest/meta-data',
    'https://localhost/abc',
    'ftp://fcm.googleapis.com/abc',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'fcm.googleapis.com/abc',
    `https://fcm.googleapis.com/${'a'.repeat(3000)}`,
    '',
  ])('refuses %s', (endpoint) => expect(checkEndpoint(endpoint)).toMatch(/^.+\.$/))

  it('takes what PUSH_HOSTS adds, and no more', () => {
    const more = ['push.shop.org', '*.push.other.org', 'http://127.0.0.1:4000']
    expect(checkEndpoint('https://push.shop.org/abc', more)).toBeUndefined()
    expect(checkEndpoint('https://a.push.other.org/abc', more)).toBeUndefined()
    expect(checkEndpoint('http://127.0.0.1:4000/abc', more)).toBeUndefined()
    expect(checkEndpoint('https://fcm.googleapis.com/abc', more)).toBeUndefined()
    for (const other of [
      'https://a.push.shop.org/abc',
      'https://push.other.org/abc',
      'http://push.shop.org/abc',
      'http://127.0.0.1:4001/abc',
      'http://127.0.0.1/abc',
      'https://127.0.0.1:4000/abc',
      'http://a@127.0.0.1:4000/abc',
    ]) {
      expect(checkEndpoint(other, more)).toBeTypeOf('string')
    }
  })
})
