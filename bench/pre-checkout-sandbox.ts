import { startTelegram, type Telegram } from '../sandbox/telegram/driver.ts'
import type { PersonDriver } from '../sandbox/telegram/driver-person.ts'
import { sayHello } from './child.ts'

/** A sandbox for each side, with a crowd that writes all at once and one buyer who stands before the payment sheet meanwhile. */
const crowdSize = Number(process.argv[2])
/** The buyer asks only while at least so many of the crowd wait to be handled. */
const stillWait = crowdSize / 2
const MOST_ASKED = 100
const FIRST_OF_CROWD = 600_001

export interface PreCheckoutLoad {
  side: number
  buyer: number
  purchase: { payload: string; amount: number; currency: string }
}

interface Side {
  telegram: Telegram
  crowd: PersonDriver[]
}

const sides: Side[] = []
for (let i = 0; i < 2; i++) {
  const telegram = await startTelegram({ flood: false, remember: 2_000 })
  const crowd = Array.from({ length: crowdSize }, (_, n) =>
    telegram.person({ id: FIRST_OF_CROWD + n, firstName: `P${n}` }),
  )
  sides.push({ telegram, crowd })
}

/** Asks while the crowd waits. Returns how long each answer took, in ms. */
async function measure({ telegram, crowd }: Side, load: PreCheckoutLoad): Promise<number[]> {
  const buyer = telegram.person({ id: load.buyer, firstName: 'Buyer' })
  let handled = 0
  const stop = telegram.sandbox.events.listen((event) => {
    if (event.type === 'message' && event.by === 'bot' && event.kind === 'sent') handled += 1
  })
  async function ask(): Promise<number> {
    const start = performance.now()
    const { status } = await buyer.asksToPay(load.purchase)
    if (status !== 'agreed') throw new Error(`a payment that is due was ${status}`)
    return performance.now() - start
  }
  for (const person of crowd) await person.send('/start')
  while (telegram.pendingUpdates() > 0) await turn()
  const waits: number[] = []
  while (handled < crowdSize - stillWait && waits.length < MOST_ASKED) {
    waits.push(await ask())
    await turn()
  }
  while (telegram.pendingUpdates() > 0 || (load.side === 0 && handled < crowdSize)) await turn()
  stop()
  return waits
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

process.on('message', (load: PreCheckoutLoad) => {
  const side = sides[load.side]
  if (side) void measure(side, load).then((waits) => process.send?.(waits))
})

sayHello(sides.map(({ telegram }) => ({ token: telegram.token, apiRoot: telegram.apiRoot })))
