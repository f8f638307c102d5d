import { accountMethods } from './account.ts'
import { answerMethods } from './answers.ts'
import { commandMethods } from './commands.ts'
import { editMethods } from './edits.ts'
import { invoiceMethods } from './invoices.ts'
import type { Method } from './method.ts'
import { pollingMethods } from './polling.ts'
import { sendMethods } from './sends.ts'
import { topicMethods } from './topics.ts'
import { webhookMethods } from './webhooks.ts'

const all = {
  ...accountMethods,
  ...answerMethods,
  ...commandMethods,
  ...editMethods,
  ...invoiceMethods,
  ...pollingMethods,
  ...sendMethods,
  ...topicMethods,
  ...webhookMethods,
}

/** Method names are case-insensitive; the key is in lower case, the value has the name as documented. */
export const methods: ReadonlyMap<string, { name: string; run: Method }> = new Map(
  Object.entries(all).map(([name, run]) => [name.toLowerCase(), { name, run }]),
)
