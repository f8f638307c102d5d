import { setTimeout as pause } from 'node:timers/promises'
import { chanceFrom } from '../../sandbox/seed/chance.ts'
import type { Telegram } from '../../sandbox/telegram/driver.ts'
import { type ApiTimes, openApi, signIn } from './api.ts'
import { lookAtPanel, openPanel, type Panel } from './panel.ts'
import { MAREK, TEAM } from './team.ts'

const LOOKS_EVERY_MS = [3_000, 9_000] as const

interface PanelsWish {
  count: number
  times: ApiTimes
  complain(error: unknown): void
}

/** Panels all over the shop: each with a session of its own, each followed live, each looked around in now and then. */
export async function openPanels(telegram: Telegram, port: number, { count, times, complain }: PanelsWish) {
  const panels: Panel[] = []
  let open = true
  async function keepLooking(token: string, i: number): Promise<void> {
    const api = openApi(port, token, times)
    const chance = chanceFrom(i)
    while (open) {
      await pause(chance.between(...LOOKS_EVERY_MS), undefined, { ref: false })
      if (open) await lookAtPanel(api, chance).catch(complain)
    }
  }
  for (let i = 0; i < count; i++) {
    const { telegramId: id, name: firstName } = TEAM[i % TEAM.length] ?? MAREK
    const token = await signIn(port, telegram.person({ id, firstName }).initData())
    panels.push(await openPanel(port, token, complain))
    void keepLooking(token, i)
  }
  return {
    close(): Panel[] {
      open = false
      for (const panel of panels) panel.close()
      return panels
    },
  }
}
