import { createTransport } from 'nodemailer'

const THIS_MACHINE = ['127.0.0.1', 'localhost', '[::1]']

/** How the mail server of SMTP_URL is talked to; `patienceMs` limits each wait where nothing else does. */
export function openTransport(smtpUrl: string, patienceMs?: number) {
  const server = new URL(smtpUrl)
  return createTransport({
    url: smtpUrl,
    // A password goes unencrypted to this machine at most.
    requireTLS: server.password !== '' && !THIS_MACHINE.includes(server.hostname),
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(patienceMs && {
      dnsTimeout: patienceMs,
      connectionTimeout: patienceMs,
      greetingTimeout: patienceMs,
      socketTimeout: patienceMs,
    }),
  })
}
