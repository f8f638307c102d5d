import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { CDPSession, Page } from 'playwright-core'
import { describe, expect, onTestFinished, test } from 'vitest'
import { existing } from '../given.ts'
import { CUT_OFF, givenPanel, useBrowser } from './given-panel.ts'
import { signInOutside } from './sign-in-outside.ts'

useBrowser()

/** Run in the page. */
const READY = 'navigator.serviceWorker.ready.then(() => true)'
const WORKERS = 'navigator.serviceWorker.getRegistrations().then((all) => all.length)'

async function devTools(page: Page): Promise<CDPSession> {
  return await page.context().newCDPSession(page)
}

describe('the installed panel', () => {
  test('is one that Chromium installs', async () => {
    const { base, olga, open } = await givenPanel()
    const page = await open(olga, { url: `${base}/app` })
    await page.evaluate(READY)
    const cdp = await devTools(page)
    const { errors, url } = await cdp.send('Page.getAppManifest')
    expect({ errors, url }).toEqual({ errors: [], url: `${base}/app/manifest.webmanifest` })
    const hindrances = async () => {
      const { installabilityErrors } = await cdp.send('Page.getInstallabilityErrors')
      // Each test has a profile of its own, as a private window does.
      return installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')
    }
    await expect.poll(hindrances).toEqual([])
    for (const file of ['icon-192.png', 'icon-512.png', 'icon-maskable-512.png', 'apple-touch-icon.png']) {
      expect((await page.request.get(`${base}/app/${file}`)).headers()['content-type']).toBe('image/png')
    }
  })

  test('opens without a network, and comes back with it', async () => {
    const { base, olga, open } = await givenPanel()
    const page = await open(olga, { url: `${base}/app/products`, expects: CUT_OFF })
    await signInOutside(page, olga)
    await page.evaluate(READY)
    await page.context().setOffline(true)
    await page.reload()
    await page.getByRole('heading', { name: 'The shop cannot be reached' }).waitFor()
    await page.context().setOffline(false)
    await page.getByText('No products yet').waitFor()
  })

  test('has no worker inside Telegram', async () => {
    const { olga, open } = await givenPanel()
    const page = await open(olga)
    await page.getByText('Live', { exact: true }).waitFor()
    expect(await page.evaluate(WORKERS)).toBe(0)
  })

  test('offers a new version and takes it when asked to', async () => {
    const { base, olga, open } = await givenPanel()
    const shop = await givenNewVersionAt(base)
    const page = await open(olga, { url: `${shop.url}/app` })
    await page.evaluate(READY)
    await page.reload()
    await page.getByRole('button', { name: 'Sign in with Telegram' }).waitFor()
    expect(await page.getByText('A new version is ready').count()).toBe(0)
    shop.release()
    await page.evaluate('navigator.serviceWorker.ready.then((worker) => worker.update())')
    await page.getByText('A new version is ready').waitFor()
    await page.evaluate('window.before = true')
    await page.getByRole('button', { name: 'Reload' }).click()
    await page.waitForFunction('window.before === undefined')
    await page.getByRole('button', { name: 'Sign in with Telegram' }).waitFor()
    expect(await page.getByText('A new version is ready').count()).toBe(0)
  })
})

/** Stands in front of the shop, and has another service worker after `release`. */
async function givenNewVersionAt(base: string) {
  let released = ''
  const server = createServer((request, response) => {
    // What is on its way when the test ends is cut.
    pass(existing(request.url), response).catch(() => response.destroy())
  })
  async function pass(url: string, response: ServerResponse): Promise<void> {
    const answer = await fetch(base + url)
    const names = ['content-type', 'cache-control', 'service-worker-allowed']
    for (const name of names)
      if (answer.headers.has(name)) response.setHeader(name, answer.headers.get(name) ?? '')
    response.writeHead(answer.status)
    const more = url.endsWith('/sw.js') ? released : ''
    response.end(Buffer.concat([Buffer.from(await answer.arrayBuffer()), Buffer.from(more)]))
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    release: () => {
      released = '\n// the next version'
    },
  }
}
