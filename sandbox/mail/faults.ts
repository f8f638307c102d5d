export type Stage = 'connect' | 'auth' | 'from' | 'rcpt' | 'data'
export type MailFault = 421 | 450 | 550 | 535 | 'timeout' | 'cut'

export interface MailFaultRule {
  /** How many connections or mails it hits (default 1). */
  count?: number
  with: MailFault
  /** Where in the talk; by default where such an answer is most at home. */
  at?: Stage
}

const AT_HOME: Record<MailFault, Stage> = {
  421: 'connect',
  450: 'rcpt',
  550: 'rcpt',
  535: 'auth',
  timeout: 'data',
  cut: 'data',
}

const WORDS: Record<MailFault & number, string> = {
  421: '4.3.2 Service not available, try again later',
  450: '4.2.0 Mailbox busy, greylisted',
  550: '5.1.1 User unknown',
  535: '5.7.8 Authentication credentials invalid',
}

export interface MailFaults {
  answerNext(rule: MailFaultRule): void
  clear(): void
}

/** Says no, as a server does. */
class SmtpRefusal extends Error {
  readonly responseCode: number
  constructor(code: MailFault & number) {
    super(WORDS[code])
    this.responseCode = code
  }
}

export function createMailFaults() {
  let rules: { left: number; with: MailFault; at: Stage }[] = []

  function take(stage: Stage): MailFault | undefined {
    const hit = rules.find((rule) => rule.at === stage)
    if (hit) hit.left -= 1
    rules = rules.filter((rule) => rule.left > 0)
    return hit?.with
  }

  return {
    answerNext(rule: MailFaultRule) {
      rules.push({ left: rule.count ?? 1, with: rule.with, at: rule.at ?? AT_HOME[rule.with] })
    },
    clear() {
      rules = []
    },
    /** Lets a stage of the talk go on with `answer`, unless a fault is due; `cut` ends the connection. */
    at(stage: Stage, answer: (error?: Error) => void, cut: () => void): void {
      const fault = take(stage)
      if (fault === undefined) answer()
      else if (fault === 'cut') cut()
      else if (fault !== 'timeout') answer(new SmtpRefusal(fault))
    },
  }
}
