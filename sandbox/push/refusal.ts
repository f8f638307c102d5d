/** What a push service answers instead of 201. */
export interface Refusal {
  status: number
  body: string
}

/** In Apple's form. */
export function refuse(status: number, reason: string): Refusal {
  return { status, body: JSON.stringify({ reason }) }
}
