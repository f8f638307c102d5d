import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { givenFolder } from './given.ts'
import { findLeaks } from './suite-log.ts'

const LEAKS = [
  '{"url":"https://api.telegram.org/bot1000001:SANDBOX-littleshop-not-a-real-token/getMe"}',
  '{"provider_token":"123456789:TEST:abc"}',
  '{"password":"planted-mail-password"}',
  '{"authorization":"token sandbox-key-of-btcpay"}',
  '{"secretAccessKey":"sandbox/secret+key"}',
  '{"key":"AGE-SECRET-KEY-1S2U7H8"}',
  `{"token":"${'a1-_'.repeat(11).slice(0, 43)}"}`,
  '{"initData":"query_id=AAH"}',
  '{"to":"https://fcm.googleapis.com/fcm/send/x"}',
  '{"err":"550 no such mailbox: eve@example.com"}',
  '{"by":"Olga"}',
  '{"from":"Zoë"}',
  '{"to":"Rua Nova 1"}',
  '{"phone":"+351 912 345 678"}',
  '{"note":"Ring twice"}',
]

const HARMLESS = [
  '{"level":30,"request":"Ana-_1fx-12"}',
  '{"level":30,"time":1767607200000,"pid":1,"hostname":"vm","request":"x8Ab_-1f","method":"GET","route":"/api/orders/:number","events":[1]}',
  '{"notice":7,"event":3,"order":1001,"kind":"staff_placed","channel":"push","outcome":"sent","ms":12}',
  '{"err":{"stack":"Error\\n at file:///home/node/shop/node_modules/@grammyjs/runner/out/runner.js:1:2"}}',
]

test('the search of the logs finds each kind of leak, and nothing else', () => {
  const folder = givenFolder()
  const searched = (line: string) => {
    writeFileSync(join(folder, 'a.log'), `${line}\n`)
    return findLeaks(folder)
  }
  for (const line of LEAKS) expect(searched(line), line).not.toEqual([])
  for (const line of HARMLESS) expect(searched(line)).toEqual([])
})
