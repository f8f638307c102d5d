import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { ChatLoad } from './chat-sandbox.ts'
import { startChild } from './child.ts'
import { fillShop } from './fill.ts'
import { inFolder } from './folder.ts'
import { type Result, rateResult, type Side, type Size, takeTurns } from './measure.ts'

interface SandboxHello {
  token: string
  apiRoot: string
}

const SIZES = {
  full: { count: 2_000, rounds: 16, warmUp: 3 },
  quick: { count: 1_000, rounds: 6, warmUp: 3 },
  smallest: { count: 100, rounds: 1, warmUp: 0 },
}

/** Presses a second through the shop's whole chain against a bare grammY bot; sandbox and both bots in processes of their own. */
export function benchChat(size: Size): Promise<Result[]> {
  const { count, rounds, warmUp } = SIZES[size]
  return inFolder(async (folder) => {
    const data = join(folder, 'data')
    mkdirSync(data)
    fillShop(join(data, 'shop.db'), { orders: 100 })
    const sandbox = await startChild<SandboxHello[]>('chat-sandbox.ts', [])
    const [ours, theirs] = sandbox.hello as [SandboxHello, SandboxHello]
    const shop = await startChild('chat-shop.ts', [data, ours.token, ours.apiRoot])
    const echo = await startChild('chat-echo.ts', [theirs.token, theirs.apiRoot])
    const side = (load: Omit<ChatLoad, 'count'>): Side => ({
      async run() {
        await sandbox.ask({ ...load, count })
        return count
      },
    })
    // Everybody says something first: a chat begins with the person.
    for (const which of [0, 1]) await sandbox.ask({ side: which, kind: 'text', count: 100 })
    const press = (which: number) => side({ side: which, kind: 'press' })
    const echoing = side({ side: 1, kind: 'text' })
    await takeTurns(press(0), press(1), warmUp)
    const same = await takeTurns(press(0), press(1), rounds)
    const plain = await takeTurns(press(0), echoing, rounds)
    for (const child of [shop, echo, sandbox]) await child.stop()
    return [
      rateResult('chat: press with screen edit / bare echo', plain, { goal: 0.3, aim: 0.4 }, 'updates/s'),
      rateResult('chat: the same / bare bot making the same two calls', same, {}, 'updates/s'),
    ]
  })
}
