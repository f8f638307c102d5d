import { expect, it } from 'vitest'
import { givenApi } from '../../tests/given-api.ts'

/** What is set in the panel, who may set it, and something that can be set. */
const SETTINGS: [path: string, roles: ('owner' | 'manager')[], body: unknown][] = [
  // As they are read.
  ['/settings', ['owner'], undefined],
  [
    '/settings/reminders',
    ['owner'],
    { escalation: { steps: [{ minutes: 1, reach: 'role' }], everyMinutes: 5 }, lowStock: 1 },
  ],
  [
    '/discounts',
    ['owner', 'manager'],
    {
      id: null,
      code: 'TEA10',
      kind: 'percent',
      value: 1000,
      startsAt: null,
      endsAt: null,
      minimumMinor: 0,
      perCustomer: null,
      totalUses: null,
      active: true,
    },
  ],
  ['/tax-rates', ['owner', 'manager'], { rates: [] }],
]

it.each(SETTINGS)('%s is saved for %j and for nobody else', async (path, roles, body) => {
  for (const role of ['packer', 'manager', 'owner'] as const) {
    const { call } = givenApi().staff(role)
    const wanted = body ?? (await call('GET', path)).body
    const { status } = await call('PUT', path, wanted)
    expect([role, status]).toEqual([role, roles.some((one) => one === role) ? 200 : 403])
  }
})

it('there are no other settings', async () => {
  const { app } = givenApi()
  const { paths } = (await (await app.request('/api/openapi.json')).json()) as {
    paths: Record<string, object>
  }
  const saved = Object.entries(paths)
    .filter(([path]) => /^\/(settings|discounts|tax-rates)/.test(path))
    .flatMap(([path, methods]) =>
      Object.keys(methods).flatMap((method) => (method === 'get' ? [] : [`${method} ${path}`])),
    )
  expect(saved.sort()).toEqual(SETTINGS.map(([path]) => `put ${path}`).sort())
})
