import type { Side } from './measure.ts'
import { RAW_STEPS, type RawStep } from './raw-step.ts'

const FIRST_ORDER = 1001

/** Takes one step with each order of a batch a run; after four runs the next batch follows. */
export function walk(batch: number, step: (orderId: number, version: number, step: RawStep) => void): Side {
  let runs = 0
  return {
    run() {
      const which = runs % RAW_STEPS.length
      const first = FIRST_ORDER + Math.floor(runs / RAW_STEPS.length) * batch
      runs += 1
      const taken = RAW_STEPS[which]
      if (!taken) return 0
      for (let id = first; id < first + batch; id++) step(id, which + 1, taken)
      return batch
    },
  }
}
