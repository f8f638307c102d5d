export type Rgb = readonly [number, number, number]

const HEX = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i

/** Reads "#3390ec"; undefined for anything else. */
export function parseHex(text: string | undefined): Rgb | undefined {
  const match = HEX.exec(text ?? '')
  if (!match) return undefined
  return [1, 2, 3].map((part) => Number.parseInt(match[part] ?? '', 16)) as unknown as Rgb
}

export function toHex(colour: Rgb): string {
  return `#${colour.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`
}

/** `share` of `a`, the rest of `b`. */
export function mix(a: Rgb, b: Rgb, share: number): Rgb {
  return a.map((part, i) => part * share + (b[i] ?? 0) * (1 - share)) as unknown as Rgb
}

/** WCAG relative luminance, 0 (black) to 1 (white). */
export function luminance(colour: Rgb): number {
  const [r = 0, g = 0, b = 0] = colour.map((part) => {
    const s = part / 255
    return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

/** WCAG contrast ratio, 1 to 21. */
export function contrast(a: Rgb, b: Rgb): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

const AA = 4.5
const BLACK: Rgb = [0, 0, 0]
const WHITE: Rgb = [255, 255, 255]

/** The colour itself, or moved towards black or white just far enough to be read on all of `grounds`. */
export function readableOn(colour: Rgb, ...grounds: Rgb[]): Rgb {
  const average = grounds.reduce((sum, ground) => sum + luminance(ground), 0) / grounds.length
  const target = average > 0.18 ? BLACK : WHITE
  for (let share = 1; share > 0; share -= 0.04) {
    const candidate = mix(colour, target, share)
    if (grounds.every((ground) => contrast(candidate, ground) >= AA)) return candidate
  }
  return target
}
