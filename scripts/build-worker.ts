import { join } from 'node:path'
import { build } from 'vite'
import { injectManifest } from 'workbox-build'

/** Bundles the service worker into `dist/sw.js`, with the list of files it keeps for when there is no network. */
export async function buildWorker(root: string, base: string): Promise<void> {
  const dist = join(root, 'dist')
  await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    build: {
      outDir: 'dist',
      emptyOutDir: false,
      target: ['es2022', 'safari16', 'chrome108'],
      reportCompressedSize: false,
      rolldownOptions: {
        input: join(root, 'src', 'worker', 'sw.ts'),
        output: { format: 'iife', entryFileNames: 'sw.js' },
      },
    },
  })
  await injectManifest({
    swSrc: join(dist, 'sw.js'),
    swDest: join(dist, 'sw.js'),
    globDirectory: dist,
    globPatterns: ['index.html', 'icon.svg', 'icon-192.png', 'assets/*'],
    modifyURLPrefix: { '': base },
    // Their names change with their content.
    dontCacheBustURLsMatching: /assets\//,
  })
}
