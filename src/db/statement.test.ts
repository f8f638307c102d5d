import { describe, expect, it } from 'vitest'
import { sql, statement } from './statement.ts'

const ofStage = statement<{ id: number; limit: number }>()((p) =>
  sql
    .selectFrom('orders')
    .select('id')
    .where('customer_name', '=', "O'Hara")
    .where('tracking_number', '=', null)
    .where('version', '=', 1)
    .where('id', '<', p.id)
    .orderBy('id')
    .limit(p.limit),
)

describe('a statement', () => {
  it('binds what changes as +?, which SQLite does not plan again, and holds constants in its text', () => {
    const { sql: text, values } = ofStage({ limit: 5, id: 7 })
    expect(text).toContain(`"customer_name" = 'O''Hara' and "tracking_number" = null and "version" = 1`)
    expect(text).toMatch(/"id" < \+\? order by "id" limit \+\?$/)
    expect(values).toEqual([7, 5])
    expect(ofStage({ limit: 2, id: 1 })).toEqual({ sql: text, values: [1, 2] })
  })

  it('refuses what it cannot write down', () => {
    const broken = statement()(() => sql.selectFrom('orders').select('id').where('note', '=', 'why?'))
    expect(broken({}).sql).toContain(`'why?'`)
    const odd = statement()(() =>
      sql
        .selectFrom('orders')
        .select('id')
        .where('note', '=', true as never),
    )
    expect(() => odd({})).toThrow('no constant')
  })
})
