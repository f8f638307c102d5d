import { outcomeOf } from './outcome.ts'
import { openTransport } from './transport.ts'

const PATIENCE_MS = 10_000

/** Signs in to the mail server and sends nothing. Returns what is wrong, in a sentence, or undefined when nothing is. */
export async function checkMailServer(smtpUrl: string): Promise<string | undefined> {
  const transport = openTransport(smtpUrl, PATIENCE_MS)
  try {
    await transport.verify()
    return undefined
  } catch (error) {
    const outcome = outcomeOf(error)
    if ('trouble' in outcome && outcome.trouble) return outcome.trouble
    return 'answer' in outcome ? outcome.answer : 'The mail server asks for patience'
  } finally {
    transport.close()
  }
}
