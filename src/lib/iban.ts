const START = /\b[A-Z]{2}\d{2}/g
const WRITTEN = /^[A-Z0-9]+(?: [A-Z0-9]+)*/
const SHAPE = /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/

/**
 * The first account number (IBAN) in somebody's words, without its spaces. What is written behind it looks like more of it, so its
 * check digits say where it ends. Undefined where there is none that is right.
 */
export function findIban(words: string): string | undefined {
  for (const { index } of words.matchAll(START)) {
    const groups = WRITTEN.exec(words.slice(index))?.[0].split(' ') ?? []
    for (let count = groups.length; count > 0; count -= 1) {
      const iban = groups.slice(0, count).join('')
      if (isIban(iban)) return iban
    }
  }
  return undefined
}

/** An account number's digits, its first four characters last and A as 10, leave 1 when divided by 97. */
function isIban(text: string): boolean {
  if (!SHAPE.test(text)) return false
  const turned = text.slice(4) + text.slice(0, 4)
  const digits = turned.replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55))
  return BigInt(digits) % 97n === 1n
}
