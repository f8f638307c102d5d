import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest'
import type { PersonDriver } from '../../sandbox/telegram/driver-person.ts'
import { miniAppUrl } from '../../sandbox/telegram/init-data.ts'
import { saveStaff } from '../../src/db/people.ts'
import type { Role } from '../../src/db/schema.ts'
import { greetPerson } from '../../src/shop/customers/greet-person.ts'
import { buildPanel } from '../build-panel.ts'
import { existing } from '../given.ts'
import { givenApp } from '../given-app.ts'
import { openBrowser } from './browser.ts'

export const PHONE = { viewport: { width: 375, height: 812 }, hasTouch: true, isMobile: true } as const
export const DESK = { viewport: { width: 1280, height: 800 } } as const

/** What a browser says of a shop that it cannot reach, or that stops while it answers. */
export const CUT_OFF =
  /ERR_(INTERNET_DISCONNECTED|NETWORK|CONNECTION|FAILED|EMPTY_RESPONSE|INCOMPLETE_CHUNKED|SOCKET_NOT_CONNECTED)/

/** How long to wait for what must come: a busy machine is slow, not wrong. */
export const PATIENCE_MS = 90_000

let browser: Browser

/** To be called once by each test file: builds the panel and starts one browser for all of its tests. */
export function useBrowser(): void {
  // Installing a browser for the first time takes minutes.
  beforeAll(async () => {
    buildPanel()
    browser = await openBrowser()
  }, 600_000)
  afterAll(() => browser?.close())
}

interface OpenOptions extends BrowserContextOptions {
  path?: string
  /** A launch address of one's own making, such as a forged one. */
  url?: string
  /** What the page may complain about on its console. */
  expects?: RegExp
  /** Addresses that this page cannot reach. */
  cut?: string
}

/** The shop with its panel: `open` starts it on a phone, as Telegram does when the person presses the button. */
export async function givenPanel(env: Record<string, string> = {}) {
  const given = await givenApp({ env })
  const { telegram, config } = given
  const base = existing(config.publicUrl)

  function staff(id: number, firstName: string, role: Role = 'owner'): PersonDriver {
    const person = telegram.person({ id, firstName, languageCode: 'en' })
    const user = { id, first_name: firstName, language_code: 'en' }
    given.app.shop.write((work) => {
      saveStaff(work.tx, { personId: greetPerson(work, user).id, role, now: work.now })
    })
    return person
  }

  async function open(person: PersonDriver, options: OpenOptions = {}): Promise<Page> {
    const { path = '/app', url = miniAppUrl(base + path, person.initData()), expects, cut, ...rest } = options
    const context = await browser.newContext({ ...PHONE, reducedMotion: 'reduce', ...rest })
    context.setDefaultTimeout(PATIENCE_MS)
    const page = await context.newPage()
    const complaints = listenForComplaints(page, expects)
    onTestFinished(async () => {
      await context.close()
      expect(complaints).toEqual([])
    })
    if (cut) await page.route(cut, (route) => route.abort())
    await page.goto(url)
    return page
  }

  return {
    ...given,
    get app() {
      return given.app
    },
    base,
    staff,
    open,
    olga: staff(701, 'Olga'),
  }
}

/** Run in the page. */
const HOLD = `{
  const [later, now] = [setTimeout, Date.now()]
  window.setTimeout = (act, ms = 0, ...more) => later(act, ms < 3000 ? ms : 2 ** 31 - 1, ...more)
  Date.now = () => now
}`

/** From now on nothing on the page passes: what is said or can be taken back for some seconds waits for a slow machine. */
export function holdTime(page: Page): Promise<void> {
  return page.evaluate(HOLD)
}

// A page that throws, or breaks its own content policy, fails the test that looked at it.
function listenForComplaints(page: Page, expected: RegExp | undefined): string[] {
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error' && !expected?.test(message.text())) complaints.push(message.text())
  })
  return complaints
}
