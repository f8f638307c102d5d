import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'

const SYSTEM_NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']
const ELSEWHERE = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]
const INSTALL_WITHIN_MS = 300_000

// For each window Chromium makes two popups of its address bar, and a process held ready for the next page: nobody sees
// them, and together they take longer than the panel itself.
const UNSEEN = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'SpareRendererForSitePerProcess']
// Chromium minds the last list only. This is what Playwright's own says of pages and of the network.
const AS_PLAYWRIGHT = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'MediaRouter',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
]

/** A real Chromium. Throws with what to do when there is none and none can be installed. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: findBrowser() ?? installBrowser(),
    // Containers seldom allow Chromium its own sandbox; these tests load nothing but our own pages.
    args: [
      '--no-sandbox',
      '--disable-dev-shm-usage',
      `--disable-features=${[...AS_PLAYWRIGHT, ...UNSEEN].join()}`,
    ],
  })
}

function findBrowser(): string | undefined {
  const own = process.env.CHROME_PATH
  if (own && !existsSync(own)) throw new Error(`CHROME_PATH points to ${own}, which does not exist.`)
  return own ?? [...SYSTEM_NAMES.map(onPath), ...ELSEWHERE, chromium.executablePath()].find(isThere)
}

function isThere(path: string | undefined): path is string {
  return path !== undefined && existsSync(path)
}

function onPath(name: string): string | undefined {
  return (process.env.PATH ?? '')
    .split(':')
    .map((folder) => join(folder, name))
    .find(existsSync)
}

function installBrowser(): string {
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n']
  const apt = [...sudo, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get']
  if (onPath('apt-get') && succeeds([...apt, 'update'])) {
    succeeds([...apt, 'install', '-y', '--no-install-recommends', 'chromium'])
  }
  const installed = findBrowser()
  if (installed) return installed
  throw new Error(
    'The browser tests need Chromium or Chrome, and none could be found or installed. ' +
      'Install one (Debian and Ubuntu: sudo apt-get install chromium), or set CHROME_PATH to its program.',
  )
}

function succeeds([command = '', ...args]: string[]): boolean {
  return spawnSync(command, args, { stdio: 'ignore', timeout: INSTALL_WITHIN_MS }).status === 0
}
