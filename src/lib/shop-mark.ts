import { deriveKey } from './ids.ts'

/** The header in which a shop says which one it is, to whoever has its token: `npm run doctor`. */
export const SHOP_MARK = 'x-littleshop'

/** What it says there. Nobody can make it, or learn anything from it, without the token. */
export function shopMark(botToken: string): string {
  return deriveKey(botToken, 'mark').slice(0, 16)
}
