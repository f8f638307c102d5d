import { luminance, mix, parseHex, type Rgb, readableOn, toHex } from './colour.ts'

/** Telegram's theme as its clients send it: `bg_color` and the like, each `#rrggbb`. */
export type TelegramTheme = Record<string, string | undefined>

const root = document.documentElement
const prefersDark = window.matchMedia('(prefers-color-scheme: dark)')

/** Outside Telegram the panel's own palette follows the system. */
export function followSystemTheme(): void {
  root.dataset.theme = prefersDark.matches ? 'dark' : 'light'
  prefersDark.addEventListener('change', () => {
    if (!root.dataset.telegram) root.dataset.theme = prefersDark.matches ? 'dark' : 'light'
  })
}

/** Takes the palette from Telegram. Colours are nudged where they could not be read (WCAG AA). */
export function applyTelegramTheme(theme: TelegramTheme): void {
  const palette = paletteOf(theme)
  if (!palette) return
  root.dataset.telegram = 'yes'
  root.dataset.theme = luminance(palette.surface) < 0.18 ? 'dark' : 'light'
  for (const [name, colour] of Object.entries(palette)) root.style.setProperty(`--${name}`, toHex(colour))
  root.dispatchEvent(new CustomEvent('palette'))
}

function paletteOf(theme: TelegramTheme): (Record<string, Rgb> & { surface: Rgb }) | undefined {
  const colour = (name: string) => parseHex(theme[name])
  const surface = colour('section_bg_color') ?? colour('bg_color')
  const ink = colour('text_color')
  const button = colour('button_color')
  if (!surface || !ink || !button) return undefined
  const ground = colour('secondary_bg_color') ?? surface
  const onAccent = colour('button_text_color') ?? surface
  return {
    ground,
    surface,
    ink: readableOn(ink, surface, ground),
    hint: readableOn(colour('hint_color') ?? ink, surface, ground),
    line: mix(ink, surface, 0.12),
    press: mix(ink, surface, 0.06),
    accent: readableOn(button, onAccent),
    'on-accent': onAccent,
    'accent-ink': readableOn(colour('link_color') ?? button, surface, ground),
    'accent-tint': mix(button, surface, 0.12),
    danger: readableOn(colour('destructive_text_color') ?? [200, 40, 40], surface, ground),
  }
}
