import type { Books } from '../../../src/http/contract/money.ts'
import { PROVIDERS } from '../money/ledger-words.ts'

const SOURCES: Record<string, string> = { ...PROVIDERS, inside: 'Orders and ledger' }

/** What was looked at: "Orders and ledger: 1,204 compared", or why it could not be. */
export function comparedWords({ source, rows, trouble }: Books['compared'][number]): string {
  const name = SOURCES[source] ?? source
  if (trouble) return `${name} could not be asked: ${trouble}`
  return `${name}: ${(rows ?? 0).toLocaleString('en')} compared`
}
