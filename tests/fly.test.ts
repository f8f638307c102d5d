import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'smol-toml'
import { expect, it } from 'vitest'
import { freePort } from '../sandbox/free-port.ts'
import { readConfig, SETTING_NAMES } from '../src/config.ts'
import { givenApp } from './given-app.ts'

const ROOT = join(import.meta.dirname, '..')
const BOT_TOKEN = `123456789:${'A'.repeat(35)}`

/** As much of fly.toml as has to agree with the program. */
interface Fly {
  kill_signal: string
  kill_timeout: string
  env: Record<string, string>
  mounts: { destination: string }
  deploy: { strategy: string }
  restart: { policy: string }[]
  http_service: {
    internal_port: number
    auto_stop_machines: string
    checks: { path: string; method: string }[]
  }
  metrics: { port: number; path: string }
}

const read = (file: string) => readFileSync(join(ROOT, file), 'utf8')
const fly = parse(read('fly.toml')) as unknown as Fly
const config = readConfig({ ...fly.env, BOT_TOKEN })

it('names only settings there are, and the shop can start with them', () => {
  expect(SETTING_NAMES).toEqual(expect.arrayContaining(Object.keys(fly.env)))
  expect(config.port).toBe(fly.http_service.internal_port)
  expect(config.dataDir).toBe(fly.mounts.destination)
  expect(config.metricsPort).toBe(fly.metrics.port)
  // Whoever fetches the figures is not on this machine.
  expect(config.metricsHost).toBe('0.0.0.0')
})

it('gives the shop the time it takes to stop, by the signal it listens to', () => {
  const main = read('src/main.ts')
  const stopWithinMs = Number(/STOP_WITHIN_MS = ([\d_]+)/.exec(main)?.[1]?.replaceAll('_', ''))
  expect(stopWithinMs).toBeGreaterThan(0)
  expect(fly.kill_timeout).toMatch(/^\d+s$/)
  expect(Number.parseInt(fly.kill_timeout, 10) * 1000).toBeGreaterThan(stopWithinMs)
  expect(main).toContain(`'${fly.kill_signal}'`)
})

it('keeps the one machine running: never stopped, always started again, one after the other', () => {
  expect(fly.http_service.auto_stop_machines).toBe('off')
  expect(fly.restart).toEqual([{ policy: 'always' }])
  expect(fly.deploy.strategy).toBe('rolling')
})

it('asks for what the shop answers', async () => {
  const metricsPort = String(await freePort())
  const shop = await givenApp({ env: { METRICS_PORT: metricsPort } })
  const [check] = fly.http_service.checks
  const health = await fetch(`http://127.0.0.1:${shop.app.port}${check?.path}`, {
    method: check?.method ?? '',
  })
  expect(health.status).toBe(200)
  const figures = await fetch(`http://127.0.0.1:${metricsPort}${fly.metrics.path}`)
  expect(figures.status).toBe(200)
  expect(await figures.text()).toContain('# TYPE')
})
