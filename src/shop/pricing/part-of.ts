/** `part` out of `whole` of an amount, rounded half up. Exact however large the amount is: no fraction is ever held. */
export function partOf(minor: number, part: number, whole: number): number {
  return Number((2n * BigInt(minor) * BigInt(part) + BigInt(whole)) / (2n * BigInt(whole)))
}
