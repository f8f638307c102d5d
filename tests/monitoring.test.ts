import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { freePort } from '../sandbox/free-port.ts'
import { existing, givenFolder } from './given.ts'
import { givenApp } from './given-app.ts'
import { complaintsOf, findPromtool } from './promtool.ts'

const RULES = 'ops/alert-rules.yml'
const RULE_TESTS = 'ops/alert-rules.test.yml'
const DASHBOARD = 'ops/grafana-dashboard.json'

/** What every shop promises to count, by these very names. */
const PROMISED = {
  counter: [
    'littleshop_push_notifications_sent_total',
    'littleshop_telebot_messages_sent_total',
    'littleshop_order_status_changes_total',
  ],
  histogram: [
    'littleshop_api_request_duration_seconds',
    'littleshop_database_query_duration_seconds',
    'littleshop_notification_delivery_seconds',
  ],
  gauge: ['littleshop_active_push_subscriptions', 'littleshop_background_jobs_pending'],
  // A gauge by its nature; see lib/metrics.ts.
  untyped: ['littleshop_pending_orders_count'],
}

interface Panel {
  id: number
  targets?: { expr: string }[]
}

const dashboard = JSON.parse(readFileSync(DASHBOARD, 'utf8')) as { panels: Panel[] }
const queries = dashboard.panels.flatMap((panel) => panel.targets ?? []).map(({ expr }) => expr)

// It may have to be fetched first.
beforeAll(() => void findPromtool(), 600_000)

/** A shop that has done a little of everything, and what it says of itself. */
async function givenFigures() {
  const metricsPort = await freePort()
  const { telegram, app } = await givenApp({ env: { METRICS_PORT: String(metricsPort) } })
  await telegram.person({ id: 501, firstName: 'Ana', languageCode: 'en' }).send('/start')
  await telegram.idle()
  await app.settled()
  const shop = `http://127.0.0.1:${app.port}`
  for (const path of ['orders', 'openapi.json']) await fetch(`${shop}/api/${path}`)
  const figures = `http://127.0.0.1:${metricsPort}`
  return { shop, figures, text: await (await fetch(`${figures}/metrics`)).text() }
}

function typesOf(text: string): Map<string, string> {
  return new Map([...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name = '', type = '']) => [name, type]))
}

function namesIn(text: string): string[] {
  return [...new Set(text.match(/\b(littleshop|nodejs|process)_\w+/g))].map((name) =>
    name.replace(/_(bucket|count|sum)$/, (suffix) =>
      name === 'littleshop_pending_orders_count' ? suffix : '',
    ),
  )
}

describe('the figures of a running shop', () => {
  it('are at their own port alone, and nothing else is there', async () => {
    const { shop, figures } = await givenFigures()
    for (const path of ['/metrics', '/api/metrics']) {
      const answer = await fetch(shop + path)
      expect(answer.status, path).not.toBe(200)
      expect(await answer.text(), path).not.toContain('littleshop_')
    }
    for (const [path, method] of [
      ['/', 'GET'],
      ['/metrics/x', 'GET'],
      ['/metrics', 'POST'],
      ['/api/orders', 'GET'],
    ] as const)
      expect((await fetch(figures + path, { method })).status, `${method} ${path}`).toBe(404)
  })

  it('are as promised, and Prometheus has nothing to complain about', async () => {
    const { text } = await givenFigures()
    const types = typesOf(text)
    for (const [type, names] of Object.entries(PROMISED))
      for (const name of names) expect(types.get(name), name).toBe(type)
    expect(complaintsOf(['check', 'metrics'], text)).toBe('')
    expect(complaintsOf(['check', 'metrics'], 'some_total{a="b"} 1\n')).not.toBe('')
    const figure = (line: string) =>
      Number(
        existing(text.split('\n').find((one) => one.startsWith(line)))
          .split(' ')
          .at(-1),
      )
    expect(figure('littleshop_telebot_messages_sent_total')).toBeGreaterThan(0)
    const call = 'method="sendMessage",outcome="ok"'
    expect(figure(`littleshop_telegram_call_duration_seconds_count{${call}}`)).toBeGreaterThan(0)
    expect(figure('littleshop_updates_received_total{kind="message"}')).toBe(1)
    expect(figure('littleshop_updates_handled_total{outcome="done"}')).toBe(1)
    const request = 'method="GET",route="/api/openapi.json",status="200"'
    expect(figure(`littleshop_api_request_duration_seconds_count{${request}}`)).toBe(1)
    expect(figure('littleshop_updates_handled_total{outcome="given_up"}')).toBe(0)
    expect(figure('littleshop_errors_total{transport="http",code="unauthorized"}')).toBe(1)
    expect(figure('littleshop_errors_total{transport="chat",code="internal"}')).toBe(0)
    expect(figure('littleshop_database_query_duration_seconds_count{kind="commit"}')).toBeGreaterThan(0)
    expect(figure('littleshop_disk_size_bytes')).toBeGreaterThan(0)
  })

  it('hold whatever alerts and dashboard speak of', async () => {
    const { text } = await givenFigures()
    const known = new Set(typesOf(text).keys())
    const spoken = namesIn(
      [readFileSync(RULES, 'utf8'), readFileSync(RULE_TESTS, 'utf8'), ...queries].join('\n'),
    )
    expect(spoken.length).toBeGreaterThan(30)
    expect(spoken.filter((name) => !known.has(name))).toEqual([])
  })
})

describe('the alerts', () => {
  it('are rules that Prometheus takes, and ring when they should and only then', () => {
    expect(complaintsOf(['check', 'rules', RULES])).toBe('')
    expect(complaintsOf(['test', 'rules', RULE_TESTS])).toBe('')
  })

  it('are each tried, explained, and say what to do', () => {
    const rules = readFileSync(RULES, 'utf8').split('- alert: ').slice(1)
    const [tried, explained] = [RULE_TESTS, 'docs/monitoring.md'].map((file) => readFileSync(file, 'utf8'))
    expect(rules.length).toBeGreaterThan(10)
    for (const rule of rules) {
      const name = existing(rule.split('\n')[0])
      for (const part of ['severity:', 'summary:', 'action:']) expect(rule, name).toContain(part)
      expect(tried).toContain(`alertname="${name}"`)
      expect(explained).toContain(`\`${name}\``)
    }
  })
})

describe('the dashboard', () => {
  it('asks what Prometheus understands', () => {
    const file = join(givenFolder(), 'queries.yml')
    const rules = queries.map((expr, i) => ({
      record: `query_${i}`,
      expr: expr.replaceAll('$__rate_interval', '5m'),
    }))
    writeFileSync(file, JSON.stringify({ groups: [{ name: 'dashboard', rules }] }))
    expect(complaintsOf(['check', 'rules', file])).toBe('')
    const ids = dashboard.panels.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })
})
