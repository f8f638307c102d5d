/** How much is asked of the shop, and for how long. */
export interface LoadOptions {
  minutes: number
  /** A minute. */
  orders: number
  /** People the shop knows; those who order and look around are picked from them. */
  customers: number
  panels: number
  seed: number
  /** How long a customer looks at a screen, from and to, in ms. */
  thinking: readonly [number, number]
  /** How long staff take for a step. */
  working: readonly [number, number]
}

export const TEN_TIMES_THE_PLAN: Omit<LoadOptions, 'seed'> = {
  minutes: 10,
  orders: 50,
  customers: 10_000,
  panels: 50,
  thinking: [1_000, 2_500],
  working: [2_000, 6_000],
}
