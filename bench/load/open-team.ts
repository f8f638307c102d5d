import { setTimeout as pause } from 'node:timers/promises'
import { drawBankReceipt } from '../../sandbox/demo-shop/pictures/bank-receipt.ts'
import { chanceFrom } from '../../sandbox/seed/chance.ts'
import type { Telegram } from '../../sandbox/telegram/driver.ts'
import type { StaffList } from '../../src/http/contract/staff.ts'
import { type Api, type ApiTimes, openApi, signIn } from './api.ts'
import type { World } from './lives.ts'
import type { LoadOptions } from './options.ts'
import { GROUP, MAREK, PACKERS, TEAM } from './team.ts'

const RECEIPTS = 12

interface Team {
  apis: Map<number, Api>
  staff: StaffList['staff']
  telegram: Telegram
}

/** Everybody of the team opens the chat, and is signed in once at the panel. */
export async function gatherTeam(telegram: Telegram, port: number, times: ApiTimes): Promise<Team> {
  const apis = new Map<number, Api>()
  for (const { telegramId: id, name: firstName } of TEAM) {
    const person = telegram.person({ id, firstName, languageCode: 'en' })
    await person.start()
    await person.sees(/Welcome to/)
    apis.set(id, openApi(port, await signIn(port, person.initData()), times))
  }
  telegram.group(GROUP)
  const { staff } = await apiOf(apis, MAREK.telegramId).get<StaffList>('/staff')
  return { apis, staff, telegram }
}

function apiOf(apis: Map<number, Api>, id: number): Api {
  const api = apis.get(id)
  if (!api) throw new Error(`${id} is not signed in`)
  return api
}

/** Everything an order meets on its way beside its customer. */
export async function openWorld(
  { apis, staff, telegram }: Team,
  { seed, working }: LoadOptions,
): Promise<World> {
  const chance = chanceFrom(seed)
  const receipts = await Promise.all(Array.from({ length: RECEIPTS }, (_, i) => drawReceipt(i)))
  return {
    manager: apiOf(apis, MAREK.telegramId),
    packer: apiOf(apis, PACKERS[0]?.telegramId ?? 0),
    work: () => pause(chance.between(...working)),
    receiptFor: (orderId) => stamped(receipts[orderId % RECEIPTS] ?? Buffer.alloc(0), orderId),
    chats: PACKERS.map(({ telegramId, name }) => ({
      person: telegram.person({ id: telegramId, firstName: name }),
      personId: staff.find((member) => member.name === name)?.id ?? 0,
      free: Promise.resolve(),
    })),
  }
}

function drawReceipt(n: number): Promise<Buffer> {
  return drawBankReceipt([
    ['To', 'Fern & Kettle Lda'],
    ['Amount', `€${n}3.90`],
  ])
}

/** The same picture as a file of its own: with the order's number in a comment (JPEG, marker COM) behind its first two bytes. */
function stamped(jpeg: Buffer, orderId: number): Buffer {
  const words = Buffer.from(`order ${orderId}`)
  const head = Buffer.from([0xff, 0xfe, 0, words.length + 2])
  return Buffer.concat([jpeg.subarray(0, 2), head, words, jpeg.subarray(2)])
}
