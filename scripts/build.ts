import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { VERSION } from '../src/lib/version.ts'
import { compressFolder } from './compress-folder.ts'

interface Site {
  folder: string
  base: string
  /** Folders and files outside that end up in the bundle. */
  also: string[]
  /** Whether it can be installed: it then gets icons and a service worker. */
  isApp: boolean
}

const ROOT = join(import.meta.dirname, '..')
const OWN_SOURCES = ['build', 'build-worker', 'compress-folder', 'draw-icons'].map(
  (name) => `scripts/${name}.ts`,
)
const SITES: Site[] = [
  { folder: 'miniapp', base: '/app/', also: ['src/http/contract', 'src/lib/plain-answer.ts'], isApp: true },
  { folder: 'sandbox/page', base: '/', also: [], isApp: false },
]

// Under vitest it is "test", and Vite would build development code, which the next start would then serve.
process.env.NODE_ENV = 'production'
for (const site of SITES) {
  if (existsSync(join(ROOT, site.folder, 'index.html'))) await buildSite(site)
}

/** Builds a folder with Vite into its `dist`, unless what is there was made from these very sources. */
async function buildSite(site: Site): Promise<void> {
  const started = performance.now()
  const root = join(ROOT, site.folder)
  const stamp = join(root, 'dist', 'sources.txt')
  const sources = fingerprint(site)
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === sources) {
    console.log(`${site.folder}: up to date`)
    return
  }
  console.log(`${site.folder}: building …`)
  await runVite(root, site.base)
  if (site.isApp) {
    const { buildWorker } = await import('./build-worker.ts')
    const { drawIcons } = await import('./draw-icons.ts')
    await drawIcons(join(root, 'public', 'icon.svg'), join(root, 'dist'))
    await buildWorker(root, site.base)
    console.log(`${site.folder}: ${compressFolder(join(root, 'dist'))}`)
  }
  writeFileSync(stamp, sources)
  console.log(`${site.folder}: built in ${((performance.now() - started) / 1000).toFixed(1)} s`)
}

async function runVite(root: string, base: string): Promise<void> {
  // Imported only when there is something to build: a production image carries the built pages, but no Vite.
  const { build } = await import('vite')
  await build({
    root,
    base,
    configFile: false,
    logLevel: 'warn',
    define: { 'import.meta.env.VITE_VERSION': JSON.stringify(VERSION) },
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    build: {
      outDir: 'dist',
      emptyOutDir: true,
      target: ['es2022', 'safari16', 'chrome108'],
      // The pages' content policy allows no data: URLs.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
    },
  })
}

// By content, not by time: a checkout or a copied image changes every file's time and nothing else.
function fingerprint(site: Site): string {
  const hash = createHash('sha256')
  const files = [site.folder, ...site.also].flatMap(listFiles)
  for (const file of [...files, 'package.json', 'package-lock.json', ...OWN_SOURCES]) {
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(join(ROOT, file)))
      .update('\0')
  }
  return hash.digest('hex')
}

function listFiles(path: string): string[] {
  if (statSync(join(ROOT, path)).isFile()) return [path]
  return readdirSync(join(ROOT, path))
    .filter((name) => name !== 'dist' && !name.includes('.test.'))
    .sort()
    .flatMap((name) => listFiles(`${path}/${name}`))
}
