import { expect, it, onTestFinished } from 'vitest'
import type { MailFaultRule } from '../../sandbox/mail/faults.ts'
import { type MailServer, startMailServer } from '../../sandbox/mail/server.ts'
import { existing } from '../../tests/given.ts'
import { type SettableClock, settableClock } from '../lib/clock.ts'
import { loadTexts } from '../lib/texts.ts'
import type { MailDelivery, Outcome, Send } from '../shop/notifications/channel.ts'
import { outcomeOf } from './outcome.ts'
import { createMailSender } from './sender.ts'

const FROM = 'orders@shop.example'

interface TestMail {
  server: MailServer
  clock: SettableClock
  send: Send<MailDelivery>
}

async function givenMail(smtpUrl?: (url: URL) => string): Promise<TestMail> {
  const clock = settableClock()
  const server = await startMailServer({ clock })
  onTestFinished(() => server.stop())
  const url = smtpUrl?.(new URL(server.url)) ?? server.url
  const links = { chat: () => 'https://t.me/littleshop_bot' }
  const send = createMailSender({ mail: { smtpUrl: url, from: FROM }, clock, texts: loadTexts(), links })
  return { server, clock, send }
}

function delivery(noticeId: number, message: Partial<MailDelivery['message']> = {}): MailDelivery {
  return {
    noticeId,
    revision: 1,
    to: { name: 'Ana', address: 'ana@example.com' },
    message: {
      subject: 'Order #7 is on its way',
      html: '🚚 <b>Order #7 is on its way.</b>\n2 × Mug &amp; saucer · €30.00',
      language: 'en',
      shopName: 'Söap & Co',
      orderId: 7,
      ...message,
    },
  }
}

function headersOf(server: MailServer, i: number): Record<string, string> {
  const [head = ''] = existing(server.received()[i]).source.split('\r\n\r\n')
  const lines = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n')
  return Object.fromEntries(lines.map((line) => line.split(/: (.*)/s)))
}

it('sends a mail as text and HTML, with the words of the chat', async () => {
  const { server, clock, send } = await givenMail()
  const outcome = await send(delivery(1))
  expect(outcome).toEqual({ kind: 'sent', answer: expect.stringMatching(/^250 .*queued$/) })
  const mail = existing(server.received()[0])
  expect(mail).toMatchObject({ from: FROM, to: 'ana@example.com', subject: 'Order #7 is on its way' })
  expect(mail.text).toContain(
    '🚚 Order #7 is on its way.\n2 × Mug & saucer · €30.00\n\n-- \nYou get this mail',
  )
  expect(mail.text).toContain('Open the chat (https://t.me/littleshop_bot)')
  expect(mail.html).toMatch(
    /<html lang="en">[\s\S]*Söap &amp; Co[\s\S]*2 × Mug &amp; saucer[\s\S]*send \/email/,
  )
  expect(mail.html).not.toMatch(/<img|src=|url\(|@import|<link/)
  expect(mail.headers.get('from')).toMatchObject({ value: [{ name: 'Söap & Co', address: FROM }] })
  expect(mail.headers.get('to')).toMatchObject({ value: [{ name: 'Ana', address: 'ana@example.com' }] })
  expect(headersOf(server, 0)['Auto-Submitted']).toBe('auto-generated')
  expect(mail.headers.get('date')).toEqual(new Date(clock.now()))
})

it('gives each try of a mail the same id, a mail sent again another, and keeps the mails of an order together', async () => {
  const { server, send } = await givenMail()
  for (const one of [delivery(1), delivery(1), delivery(2), delivery(3, { orderId: 8 })]) await send(one)
  await send(delivery(4, { orderId: null }))
  expect([0, 4].map((i) => /because you (gave|work)/.exec(server.received()[i]?.text ?? '')?.[1])).toEqual([
    'gave',
    'work',
  ])
  await send({ ...delivery(1), revision: 2 })
  const heads = [0, 1, 2, 3, 4, 5].map((i) => headersOf(server, i))
  const ids = heads.map((head) => head['Message-ID'])
  expect(ids[0]).toMatch(/^<notice-1-1\.[\w-]{12}@shop\.example>$/)
  expect(ids[1]).toBe(ids[0])
  expect(new Set(ids).size).toBe(5)
  const threads = heads.map((head) => head['In-Reply-To'])
  expect(threads[0]).toMatch(/^<order-7\.[\w-]{12}@shop\.example>$/)
  expect(threads.slice(1, 3)).toEqual([threads[0], threads[0]])
  expect(threads[3]).toMatch(/^<order-8\./)
  expect(threads[4]).toBeUndefined()
  expect(heads.map((head) => head.References)).toEqual(threads)
})

const SIGN_IN: Outcome = {
  kind: 'retry',
  answer: '535 The mail server did not let the shop sign in',
  trouble: expect.stringContaining('user and password in SMTP_URL'),
}

it.each<[string, MailFaultRule, Outcome]>([
  ['a busy server', { with: 421 }, { kind: 'retry', answer: expect.stringContaining('421 ') }],
  ['greylisting', { with: 450 }, { kind: 'retry', answer: '450 4.2.0 Mailbox busy, greylisted' }],
  ['a late 4xx', { with: 450, at: 'data' }, { kind: 'retry', answer: expect.stringContaining('450 ') }],
  ['an unknown user', { with: 550 }, { kind: 'final', answer: '550 5.1.1 User unknown' }],
  ['a refused mail', { with: 550, at: 'data' }, { kind: 'final', answer: expect.stringContaining('550 ') }],
  ['a wrong password', { with: 535 }, SIGN_IN],
  [
    'a sender who is not ours',
    { with: 550, at: 'from' },
    { kind: 'retry', answer: expect.any(String), trouble: expect.stringContaining('in MAIL_FROM: 550') },
  ],
  [
    'a server that wants none of us',
    { with: 550, at: 'connect' },
    { kind: 'retry', answer: expect.any(String), trouble: expect.stringContaining('check SMTP_URL: 550') },
  ],
  ['a cut connection', { with: 'cut' }, { kind: 'retry', answer: 'The mail server ended the connection' }],
  [
    'a cut before the greeting',
    { with: 'cut', at: 'connect' },
    { kind: 'retry', answer: expect.stringContaining('connection') },
  ],
])('%s', async (_what, fault, outcome) => {
  const { server, send } = await givenMail()
  server.faults.answerNext(fault)
  expect(await send(delivery(1))).toEqual(outcome)
  expect(server.received()).toEqual([])
  expect(await send(delivery(1))).toMatchObject({ kind: 'sent' })
})

it('a server that is not there', async () => {
  const { server, send } = await givenMail()
  await server.stop()
  expect(await send(delivery(1))).toEqual({ kind: 'retry', answer: expect.stringContaining('ECONNREFUSED') })
})

it('a server that does not speak TLS', async () => {
  const { send } = await givenMail((url) => url.href.replace('smtp:', 'smtps:'))
  const answer = expect.stringMatching(/^No (encrypted )?connection/)
  expect(await send(delivery(1))).toEqual({ kind: 'retry', answer })
})

it('keeps the password to itself when the way to a server far away is not encrypted', async () => {
  // 0.0.0.0 leads to this machine, but does not say so.
  const { server, send } = await givenMail((url) => url.href.replace('127.0.0.1', '0.0.0.0'))
  const outcome = await send(delivery(1))
  expect(outcome).toMatchObject({ kind: 'retry', trouble: expect.stringContaining('offers no encryption') })
  expect(server.received()).toEqual([])
})

it.each(['connect', 'auth', 'from', 'rcpt', 'data'] as const)(
  'ends a hang at %s after 15 seconds, and sends other mails meanwhile',
  async (at) => {
    const { server, clock, send } = await givenMail()
    server.faults.answerNext({ with: 'timeout', at })
    let ended = false
    const outcome = send(delivery(1)).finally(() => {
      ended = true
    })
    await server.waitFor(() => server.connections() === 1)
    clock.advance(14_999)
    expect(await send(delivery(2))).toMatchObject({ kind: 'sent' })
    expect(ended).toBe(false)
    clock.advance(1)
    expect(await outcome).toEqual({ kind: 'retry', answer: 'The mail server did not answer in time' })
    await server.waitFor(() => server.connections() === 0)
    expect(server.received()).toHaveLength(1)
  },
)

it('lets no name and no subject write a line of the head', async () => {
  const { server, send } = await givenMail()
  const evil = 'x\r\nBcc: eve@example.com\r\n\r\n<b>body</b>'
  const mail = delivery(1, { subject: evil, shopName: `${evil}" <eve@example.com>, "`, html: 'words' })
  expect(
    await send({ ...mail, to: { name: `${evil}>, <eve@example.com`, address: 'ana@example.com' } }),
  ).toMatchObject({
    kind: 'sent',
  })
  const got = existing(server.received()[0])
  expect(got).toMatchObject({ from: FROM, to: 'ana@example.com', text: expect.stringMatching(/^words/) })
  expect(got.subject).toBe('x Bcc: eve@example.com <b>body</b>')
  const names = Object.keys(headersOf(server, 0))
  expect(names).not.toContain('Bcc')
  expect(names).toContain('Auto-Submitted')
  expect(got.headers.get('from')).toMatchObject({ value: [{ address: FROM }] })
})

it.each(['ana@example.com\r\nRCPT TO:<eve@example.com>', 'ana@example.com, eve@example.com', 'nobody'])(
  'writes to one address or to none: %j',
  async (address) => {
    const { server, send } = await givenMail()
    expect(await send({ ...delivery(1), to: { name: 'Ana', address } })).toMatchObject({ kind: 'final' })
    expect(server.received()).toEqual([])
  },
)

it('tells nobody the password, even when the server repeats it', () => {
  const refused = {
    code: 'EAUTH',
    command: 'AUTH PLAIN',
    responseCode: 535,
    response: '535 AUTH PLAIN c2VjcmV0',
  }
  expect(outcomeOf(Object.assign(new Error(refused.response), refused))).toEqual(SIGN_IN)
})

it.each([
  ['550 5.1.1 <ana@example.com>: Recipient address rejected', '550 5.1.1 <…>: Recipient address rejected'],
  ["450 4.2.0 to=o'Brien+shop@mail.example.com, greylisted", '450 4.2.0 …, greylisted'],
])('keeps no address out of %j', (response, answer) => {
  const refused = {
    code: 'EENVELOPE',
    command: 'RCPT TO',
    responseCode: Number(response.slice(0, 3)),
    response,
  }
  expect(outcomeOf(Object.assign(new Error(response), refused))).toMatchObject({ answer })
})
