import { describe, expect, it } from 'vitest'
import { readConfig } from './config.ts'

const TOKEN = '123456789:AAbbccddeeffgghhiijjkkllmmnnooppqqr'

describe('the settings', () => {
  it('need a token and nothing else', () => {
    expect(readConfig({ BOT_TOKEN: TOKEN })).toMatchObject({
      port: 8080,
      dataDir: './data',
      updates: 'polling',
      undoGraceMs: 5000,
    })
  })

  it('say what to set, and mention the demo, when there is no token', () => {
    expect(() => readConfig({})).toThrow(/BOT_TOKEN is missing.*npm run demo/)
  })

  it('list every fault at once', () => {
    const env = {
      BOT_TOKEN: 'x',
      PORT: 'eighty',
      OWNER_IDS: 'me',
      CURRENCY: 'EURO',
      TIMEZONE: 'Mars',
      LOG_LEVEL: 'loud',
      UPDATES: 'push',
    }
    const message = messageOf(() => readConfig(env))
    for (const name of Object.keys(env)) expect(message).toContain(`- ${name} `)
  })

  it('want an https address for webhooks', () => {
    expect(() => readConfig({ BOT_TOKEN: TOKEN, UPDATES: 'webhook' })).toThrow(
      'PUBLIC_URL must be an https address',
    )
    const config = readConfig({ BOT_TOKEN: TOKEN, UPDATES: 'webhook', PUBLIC_URL: 'https://shop.example/' })
    expect(config.publicUrl).toBe('https://shop.example')
  })

  it('take empty values for missing ones, and owners in any separation', () => {
    expect(readConfig({ BOT_TOKEN: TOKEN, PORT: '', OWNER_IDS: '1, 2 3' })).toMatchObject({
      port: 8080,
      ownerIds: [1, 2, 3],
    })
  })
})

function messageOf(fn: () => unknown): string {
  try {
    fn()
  } catch (error) {
    return (error as Error).message
  }
  return ''
}
