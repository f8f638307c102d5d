import { shorten } from '../lib/shorten.ts'
import type { Outcome } from '../shop/notifications/channel.ts'

const MAX_ANSWER = 100
const ADDRESS = /[^\s<>()[\]",;:]+@[^\s<>()[\]",;:]+/g

const UNANSWERED: Record<string, string> = {
  EABORT: 'The mail server did not answer in time',
  ETIMEDOUT: 'The mail server did not answer in time',
  EDNS: 'The mail server was not found under its name',
  ETLS: 'No encrypted connection to the mail server',
  ECONNECTION: 'The mail server ended the connection',
  ESOCKET: 'No connection to the mail server',
}

const TROUBLE: Record<string, string> = {
  'MAIL FROM': 'The mail server does not take mails from the address in MAIL_FROM',
  STARTTLS: 'The mail server offers no encryption, without which the shop does not send its password',
}

/** An error of nodemailer's: its own code, and what the server answered to which command. */
interface MailError extends Error {
  code: string
  command?: string
  response?: string
  responseCode?: number
}

/** What to do after a mail was not taken. Throws errors that have nothing to do with the server. */
export function outcomeOf(error: unknown): Outcome {
  if (!isMailError(error)) throw error
  const { code, command = '', response, responseCode = 0 } = error
  if (isSignIn(error)) return signInRefused(error)
  if (!response) {
    // nodemailer itself refuses an address that no server could take.
    if (code === 'EENVELOPE') return { kind: 'final', answer: 'This is not an address a mail can go to' }
    return { kind: 'retry', answer: answerOf(unanswered(error)) }
  }
  const answer = answerOf(response)
  if (responseCode < 500) return { kind: 'retry', answer }
  if (command === 'RCPT TO' || command === 'DATA') return { kind: 'final', answer }
  const trouble = TROUBLE[command] ?? 'The mail server does not talk to the shop; check SMTP_URL'
  return { kind: 'retry', answer, trouble: `${trouble}: ${answer}` }
}

/** What the server says, as it is kept: shortened, and without addresses, which are a customer's own affair. */
export function answerOf(words: string): string {
  return shorten(words.replace(ADDRESS, '…'), MAX_ANSWER)
}

function unanswered({ code, message }: MailError): string {
  const words = UNANSWERED[code] ?? 'The mail server could not be used'
  // What the system says of a connection helps: "connect ECONNREFUSED …", "self-signed certificate".
  return code === 'ESOCKET' || code === 'ETLS' ? `${words}: ${message}` : words
}

function isMailError(error: unknown): error is MailError {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
}

function isSignIn({ code, command = '', responseCode = 0 }: MailError): boolean {
  return (
    ['EAUTH', 'ENOAUTH'].includes(code) ||
    command.startsWith('AUTH') ||
    [530, 534, 535].includes(responseCode)
  )
}

/** Only the server's number is told: its words may repeat the command, and so the password. */
function signInRefused({ responseCode }: MailError): Outcome {
  const answer = `${responseCode ?? ''} The mail server did not let the shop sign in`.trim()
  if (responseCode !== undefined && responseCode < 500) return { kind: 'retry', answer }
  const trouble =
    'The mail server does not accept the user and password in SMTP_URL. No mail goes out until it does.'
  return { kind: 'retry', answer, trouble }
}
