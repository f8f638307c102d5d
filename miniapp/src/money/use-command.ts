import { useRef, useState } from 'preact/hooks'
import type { OrderDetail } from '../../../src/http/contract/order.ts'
import { Refusal } from '../api/http.ts'
import { sentenceOf } from '../api/request.ts'
import { loadOrder, showOrder } from '../order/open-order.ts'
import { say } from '../parts/snack.ts'
import { haptic } from '../telegram/telegram.ts'

export interface Fault {
  message: string
  field: string | undefined
}

interface Command<T> {
  /** What is asked for: the same again has the same key, so that it happens once. */
  what: unknown
  ask: (key: string) => Promise<T>
  done: string
}

/** Runs commands about money, one at a time, and keeps what stood in the way beside what was typed. */
export function useCommand(number: number | null) {
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<Fault>()
  const keys = useRef(new Map<string, string>())

  /** True once it is done. */
  async function run<T>({ what, ask, done }: Command<T>): Promise<boolean> {
    if (busy) return false
    setBusy(true)
    setFault(undefined)
    try {
      await takeAnswer(number, await ask(keyOf(keys.current, what)))
      haptic('success')
      say(done)
      return true
    } catch (error) {
      haptic('error')
      if (number !== null && isConflict(error)) await loadOrder(number)
      setFault({
        message: sentenceOf(error),
        field: error instanceof Refusal ? error.problem.field : undefined,
      })
      return false
    } finally {
      setBusy(false)
    }
  }

  return { busy, fault, setFault, run }
}

function keyOf(keys: Map<string, string>, what: unknown): string {
  const name = JSON.stringify(what)
  const key = keys.get(name) ?? crypto.randomUUID()
  keys.set(name, key)
  return key
}

async function takeAnswer(number: number | null, answer: unknown): Promise<void> {
  if (isOrder(answer)) showOrder(answer)
  else if (number !== null) await loadOrder(number)
}

function isOrder(answer: unknown): answer is OrderDetail {
  return typeof answer === 'object' && answer !== null && 'timeline' in answer
}

function isConflict(error: unknown): boolean {
  return error instanceof Refusal && error.status === 409
}
