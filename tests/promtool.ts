import { spawnSync } from 'node:child_process'
import { existsSync, globSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'

const CACHE = join(import.meta.dirname, '..', 'node_modules', '.cache', 'promtool')
const UNPACKED = join(CACHE, 'usr', 'bin', 'promtool')
const INSTALL_WITHIN_MS = 300_000

/** Prometheus' own checker. Throws with what to do when there is none and Debian's cannot be fetched. */
export function findPromtool(): string {
  const onPath = (process.env.PATH ?? '').split(':').map((folder) => join(folder, 'promtool'))
  const found = () => [...onPath, UNPACKED].find(existsSync)
  if (!found()) fetchPromtool()
  const promtool = found()
  if (promtool) return promtool
  throw new Error(
    'The checks of figures and alerts need promtool, and it could neither be found nor fetched. ' +
      'Install it (Debian and Ubuntu: sudo apt-get install prometheus, or a release from prometheus.io).',
  )
}

/** Unpacks Debian's package into a folder of our own: installed, it would start a server. */
function fetchPromtool(): void {
  mkdirSync(CACHE, { recursive: true })
  const download = () => succeeds('apt-get', 'download', 'prometheus')
  // On a fresh machine there are no lists of packages yet.
  if (!download() && !(succeeds('apt-get', 'update') && download())) return
  for (const file of globSync('prometheus_*.deb', { cwd: CACHE })) succeeds('dpkg', '-x', file, '.')
}

function succeeds(command: string, ...args: string[]): boolean {
  return spawnSync(command, args, { cwd: CACHE, stdio: 'ignore', timeout: INSTALL_WITHIN_MS }).status === 0
}

/** What promtool says; empty when it has no complaint about what it was given. */
export function complaintsOf(args: string[], input = ''): string {
  const { status, stdout, stderr } = spawnSync(findPromtool(), args, { input, encoding: 'utf8' })
  return status === 0 && stderr === '' ? '' : `${stdout}${stderr}` || `ended with ${status}`
}
