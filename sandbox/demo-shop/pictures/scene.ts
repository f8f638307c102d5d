import { fall, lighter } from './paint.ts'

/** One picture: things on a table in front of a wall, in the colours of its shelf. */
export interface Scene {
  wall: string
  table: string
  /** Seen from above: the table is all there is. */
  fromAbove?: boolean
  /** What stands behind: an arch, a sun, or nothing but light. */
  back?: 'arch' | 'sun' | 'window'
  defs?: string
  things: string
}

export const TABLE_Y = 580

/** Draws the scene as an SVG of 800 by 800. */
export function drawScene({
  wall,
  table,
  fromAbove = false,
  back = 'arch',
  defs = '',
  things,
}: Scene): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="800" height="800" viewBox="0 0 800 800">
  <defs>
    ${[3, 8, 24].map((size) => `<filter id="blur${size}" x="-60%" y="-60%" width="220%" height="220%"><feGaussianBlur stdDeviation="${size}"/></filter>`).join('')}
    <filter id="grain" x="0" y="0" width="100%" height="100%"><feTurbulence type="fractalNoise" baseFrequency=".8" numOctaves="2" seed="7"/>
      <feColorMatrix values="0 0 0 0 .5  0 0 0 0 .45  0 0 0 0 .4  0 0 0 .55 -.12"/></filter>
    ${fall('wall', lighter(wall, 0.22), wall)}
    ${fall('table', lighter(table, 0.34), lighter(table, 0.06))}
    ${fall('back', lighter(wall, 0.62), lighter(wall, 0.34))}
    <radialGradient id="light" cx=".22" cy=".12" r=".95"><stop offset="0" stop-color="#fffaf0" stop-opacity=".7"/><stop offset="1" stop-color="#fffaf0" stop-opacity="0"/></radialGradient>
    <radialGradient id="dusk" cx=".45" cy=".45" r=".8"><stop offset=".62" stop-color="#2b1a2e" stop-opacity="0"/><stop offset="1" stop-color="#2b1a2e" stop-opacity=".14"/></radialGradient>
    ${defs}
  </defs>
  <rect width="800" height="800" fill="url(#wall)"/>
  ${BACKS[back]}
  <rect width="800" height="800" fill="url(#light)"/>
  ${fromAbove ? '' : TABLE}
  ${things}
  <rect width="800" height="800" fill="url(#dusk)"/>
  <rect width="800" height="800" filter="url(#grain)" opacity=".16"/>
</svg>`
}

const TABLE = `<rect y="${TABLE_Y}" width="800" height="${800 - TABLE_Y}" fill="url(#table)"/>
  <rect y="${TABLE_Y - 14}" width="800" height="16" fill="#2b1a2e" opacity=".1" filter="url(#blur8)"/>
  <rect y="${TABLE_Y}" width="800" height="3" fill="#fff" opacity=".35"/>`

const BACKS = {
  arch: `<path d="M170 ${TABLE_Y} V340 a230 230 0 0 1 460 0 V${TABLE_Y} Z" fill="url(#back)"/>`,
  sun: '<circle cx="400" cy="350" r="262" fill="url(#back)"/>',
  window: `<g fill="url(#back)" opacity=".85" transform="skewY(-7) translate(0 50)"><rect x="150" y="90" width="150" height="190" rx="8"/><rect x="316" y="90" width="150" height="190" rx="8"/>
    <rect x="150" y="296" width="150" height="190" rx="8"/><rect x="316" y="296" width="150" height="190" rx="8"/></g>`,
}
