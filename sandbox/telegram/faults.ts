/** `cut-after-applying`: the call took effect, but the bot never hears of it: the unknown outcome. */
export type FaultKind = 429 | 500 | 502 | 'timeout' | 'cut' | 'cut-after-applying'

export interface FaultRule {
  /** Without one, every method but getUpdates. */
  method?: string
  chatId?: number
  /** How many calls it hits (default 1). */
  count?: number
  with: FaultKind
  /** Seconds, for 429 (default 1). */
  retryAfter?: number
}

export interface Faults {
  answerNext(rule: FaultRule): void
  /** The rule that hits this call; used up by asking. */
  take(method: string, chatId: unknown): FaultRule | undefined
  /** The next `count` updates come twice, as if their confirmation had been lost. */
  duplicateUpdates(count: number): void
  takeDuplicate(): boolean
  /** How many updates are still to come twice. */
  duplicatesLeft(): number
  /** Updates reach the bot only this much later. */
  delayUpdates(ms: number): void
  updateDelay(): number
  active(): FaultRule[]
  clear(): void
  /** Runs once at the next `clear`: lets hanging calls go. */
  onClear(fn: () => void): void
}

export function createFaults(): Faults {
  let rules: (FaultRule & { left: number })[] = []
  let duplicates = 0
  let delay = 0
  const waiting: (() => void)[] = []

  return {
    answerNext(rule) {
      rules.push({ ...rule, left: rule.count ?? 1 })
    },
    take(method, chatId) {
      const hit = rules.find((rule) => matches(rule, method, chatId))
      if (hit) hit.left -= 1
      rules = rules.filter((rule) => rule.left > 0)
      return hit
    },
    duplicateUpdates(count) {
      duplicates = count
    },
    takeDuplicate() {
      if (duplicates === 0) return false
      duplicates -= 1
      return true
    },
    duplicatesLeft: () => duplicates,
    delayUpdates(ms) {
      delay = ms
    },
    updateDelay: () => delay,
    active: () => rules.map(({ left, ...rule }) => ({ ...rule, count: left })),
    clear() {
      rules = []
      duplicates = 0
      delay = 0
      for (const fn of waiting.splice(0)) fn()
    },
    onClear(fn) {
      waiting.push(fn)
    },
  }
}

function matches(rule: FaultRule, method: string, chatId: unknown): boolean {
  if (rule.chatId !== undefined && rule.chatId !== Number(chatId)) return false
  return rule.method === undefined
    ? method !== 'getUpdates'
    : rule.method.toLowerCase() === method.toLowerCase()
}
