import type { AddressInfo, Socket } from 'node:net'
import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer, type SMTPServerSession } from 'smtp-server'
import { type Clock, systemClock } from '../../src/lib/clock.ts'
import { createMailFaults, type MailFaults } from './faults.ts'

const HOST = '127.0.0.1'
const PATIENCE_MS = 60_000

/** A mail that the server took. */
export interface ReceivedMail {
  from: string
  to: string
  subject: string
  text: string
  html: string
  messageId: string
  headers: ParsedMail['headers']
  /** As it came, before anything was decoded. */
  source: string
  receivedAt: number
}

export interface MailServer {
  /** For SMTP_URL; any user and password are taken, and none. */
  url: string
  received(): ReceivedMail[]
  /** Calls `listener` for each mail that is taken from now on. */
  listen(listener: (mail: ReceivedMail) => void): void
  /** How many connections are open. */
  connections(): number
  /** Resolves once `condition` holds, which is looked at whenever something happens; rejects after a minute. */
  waitFor(condition: () => boolean): Promise<void>
  faults: MailFaults
  stop(): Promise<void>
}

/** A real SMTP server on 127.0.0.1, without TLS, that keeps what it gets. */
export async function startMailServer({ clock = systemClock }: { clock?: Clock } = {}): Promise<MailServer> {
  const mails: ReceivedMail[] = []
  const sockets = new Map<number | undefined, Socket>()
  const listeners = new Set<() => void>()
  const readers: ((mail: ReceivedMail) => void)[] = []
  const faults = createMailFaults()

  function changed(): void {
    for (const listener of listeners) listener()
  }

  function cutter(session: SMTPServerSession): () => void {
    return () => sockets.get(session.remotePort)?.destroy()
  }

  async function keep(session: SMTPServerSession, source: Buffer): Promise<void> {
    const mail = { ...(await readMail(session, source)), receivedAt: clock.now() }
    mails.push(mail)
    for (const read of readers) read(mail)
    changed()
  }

  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    authOptional: true,
    allowInsecureAuth: true,
    disableReverseLookup: true,
    closeTimeout: 100,
    onConnect: (session, answer) => faults.at('connect', answer, cutter(session)),
    onAuth: (auth, session, answer) =>
      faults.at(
        'auth',
        (error) => (error ? answer(error) : answer(null, { user: auth.username })),
        cutter(session),
      ),
    onMailFrom: (_address, session, answer) => faults.at('from', answer, cutter(session)),
    onRcptTo: (_address, session, answer) => faults.at('rcpt', answer, cutter(session)),
    async onData(stream, session, answer) {
      const pieces = await stream.toArray().catch(() => undefined)
      // The sender went away in the middle.
      if (!pieces) return
      const source = Buffer.concat(pieces)
      const accept = () => void keep(session, source).then(() => answer(null, '2.0.0 OK: queued'), answer)
      faults.at('data', (error) => (error ? answer(error) : accept()), cutter(session))
    },
  })
  // Connections that are cut on purpose are no fault of the server's.
  server.on('error', changed)
  server.server.on('connection', (socket) => {
    const port = socket.remotePort
    sockets.set(port, socket)
    socket.once('close', () => {
      sockets.delete(port)
      changed()
    })
    changed()
  })
  await new Promise<void>((resolve) => server.listen(0, HOST, resolve))
  const { port } = server.server.address() as AddressInfo

  return {
    url: `smtp://shop:secret@${HOST}:${port}`,
    received: () => [...mails],
    listen: (listener) => void readers.push(listener),
    connections: () => sockets.size,
    waitFor: (condition) => waitFor(condition, listeners),
    faults,
    async stop() {
      for (const socket of sockets.values()) socket.destroy()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

async function readMail(
  session: SMTPServerSession,
  source: Buffer,
): Promise<Omit<ReceivedMail, 'receivedAt'>> {
  const { mailFrom, rcptTo } = session.envelope
  const parsed = await simpleParser(source)
  return {
    from: mailFrom ? mailFrom.address : '',
    to: rcptTo.map((one) => one.address).join(', '),
    subject: parsed.subject ?? '',
    text: parsed.text ?? '',
    html: parsed.html || '',
    messageId: parsed.messageId ?? '',
    headers: parsed.headers,
    source: source.toString('latin1'),
  }
}

function waitFor(condition: () => boolean, listeners: Set<() => void>): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const timer = setTimeout(() => {
    listeners.delete(look)
    reject(new Error(`Waited ${PATIENCE_MS} ms for the mail server: it did not happen`))
  }, PATIENCE_MS)
  function look(): void {
    if (!condition()) return
    clearTimeout(timer)
    listeners.delete(look)
    resolve()
  }
  listeners.add(look)
  look()
  return promise
}
