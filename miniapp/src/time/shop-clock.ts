import { signal } from '@preact/signals'

const offset = signal(0)

/** Sets the panel's clock by the shop's: a phone that runs minutes wrong must not show a wrong countdown. */
export function setShopClock(now: number): void {
  offset.value = now - Date.now()
}

function ticking(everyMs: number) {
  let timer: ReturnType<typeof setInterval> | undefined
  const ticks = signal(Date.now(), {
    watched() {
      ticks.value = Date.now()
      timer = setInterval(() => {
        ticks.value = Date.now()
      }, everyMs)
    },
    unwatched() {
      clearInterval(timer)
    },
  })
  return ticks
}

const seconds = ticking(250)
const minutes = ticking(20_000)

/** The shop's time; what reads it is drawn again as a countdown needs it. */
export function everySecond(): number {
  return seconds.value + offset.value
}

/** The shop's time; what reads it is drawn again as "5 min" needs it. */
export function everyMinute(): number {
  return minutes.value + offset.value
}

export function shopNow(): number {
  return Date.now() + offset.peek()
}
