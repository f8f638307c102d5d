import { parseArgs } from 'node:util'
import { benchChat } from './chat.ts'
import { benchFirstMessage } from './first-message.ts'
import { benchHttpStep } from './http-step.ts'
import { benchLargeList } from './large-list.ts'
import type { Result } from './measure.ts'
import { benchOrderStep } from './order-step.ts'
import { printTable, saveResults } from './report.ts'

const BENCHES: Record<string, (quick: boolean) => Promise<Result[]>> = {
  'order-step': benchOrderStep,
  'http-step': benchHttpStep,
  'large-list': benchLargeList,
  chat: benchChat,
  'first-message': benchFirstMessage,
}

const { values } = parseArgs({
  options: { only: { type: 'string' }, quick: { type: 'boolean', default: false } },
})
const chosen = Object.entries(BENCHES).filter(([name]) => !values.only || name === values.only)
if (chosen.length === 0) throw new Error(`--only takes one of ${Object.keys(BENCHES).join(', ')}`)

const results: Result[] = []
for (const [name, bench] of chosen) {
  console.log(`… ${name}`)
  results.push(...(await bench(values.quick)))
}
printTable(results)
console.log(`\nWritten to ${saveResults(results)}`)
