import { describe, expect, it } from 'vitest'
import { suiteLog } from '../../../tests/suite-log.ts'
import { createLane } from './lane.ts'

/** A lane whose errands end when the test says so; what got somewhere is due no more. */
function givenLane(most: number, keys: string[]) {
  const due = [...keys]
  const begun: string[] = []
  const ends = new Map<string, (got: boolean) => void>()
  const lane = createLane({
    name: 'test',
    most,
    log: suiteLog(),
    due: (limit) =>
      due.slice(0, limit).map((key) => ({
        key,
        run: () =>
          new Promise<boolean>((resolve, reject) => {
            begun.push(key)
            ends.set(key, (got) => (key === 'broken' ? reject(new Error('disk full')) : resolve(got)))
          }),
      })),
  })
  async function end(key: string, got = true): Promise<void> {
    if (got) due.splice(due.indexOf(key), 1)
    ends.get(key)?.(got)
    await new Promise(setImmediate)
  }
  return { lane, begun, due, end }
}

describe('a lane of errands', () => {
  it('runs so many at once and no more, each once', async () => {
    const { lane, begun, end } = givenLane(2, ['a', 'b', 'c'])
    lane.nudge()
    lane.nudge()
    expect(begun).toEqual(['a', 'b'])
    await end('b')
    expect(begun).toEqual(['a', 'b', 'c'])
  })

  it('lets what got nowhere rest until the next nudge, and goes on with the others', async () => {
    const { lane, begun, end } = givenLane(1, ['a', 'b'])
    lane.nudge()
    await end('a', false)
    expect(begun).toEqual(['a', 'b'])
    await end('b')
    expect(begun).toEqual(['a', 'b'])
    lane.nudge()
    expect(begun).toEqual(['a', 'b', 'a'])
  })

  it('is not stopped by an errand that fails', async () => {
    const { lane, begun, end } = givenLane(1, ['broken', 'b'])
    lane.nudge()
    await end('broken', false)
    expect(begun).toEqual(['broken', 'b'])
  })

  it('counts what got somewhere, each once and when it did', async () => {
    const { lane, end } = givenLane(3, ['a', 'b', 'c', 'broken'])
    lane.nudge()
    expect(lane.takeDone()).toBe(0)
    await end('a')
    await end('b')
    await end('c', false)
    await end('broken', false)
    expect(lane.takeDone()).toBe(2)
    expect(lane.takeDone()).toBe(0)
  })

  it('is idle when nothing can be done', async () => {
    const { lane, end } = givenLane(1, ['a'])
    let idle = false
    const waited = lane.idle().then(() => {
      idle = true
    })
    await new Promise(setImmediate)
    expect(idle).toBe(false)
    await end('a')
    await waited
  })

  it('stops when what is in hand is done', async () => {
    const { lane, begun, end } = givenLane(1, ['a', 'b'])
    lane.nudge()
    const stopped = lane.stop()
    await end('a')
    await stopped
    lane.nudge()
    expect(begun).toEqual(['a'])
  })
})
