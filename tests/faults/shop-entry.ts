import { startApp } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import type { Clock } from '../../src/lib/clock.ts'
import { endAfterPayment } from './end-after-payment.ts'

/**
 * The shop as src/main.ts starts it, but with time running faster, so that pauses towards Telegram cost a test little.
 * CLOCK_ORIGIN is the moment at which both times agree; it stays the same over restarts.
 * With END_AFTER_PAYMENT it ends itself so many changes after it has heard of a payment.
 */
const speed = Number(process.env.CLOCK_SPEED)
const origin = Number(process.env.CLOCK_ORIGIN)
const clock: Clock = {
  now: () => Math.round(origin + (Date.now() - origin) * speed),
  after(ms, fn) {
    const timer = setTimeout(fn, ms / speed)
    timer.unref()
    return () => clearTimeout(timer)
  },
}

const app = await startApp(readConfig(process.env), { clock, onFatal: fail })
const changes = process.env.END_AFTER_PAYMENT
if (changes) endAfterPayment(app.shop.db, Number(changes))
process.once('SIGTERM', () => void app.stop().then(() => process.exit(0)))

function fail(error: unknown): void {
  console.error(error)
  process.exit(1)
}
