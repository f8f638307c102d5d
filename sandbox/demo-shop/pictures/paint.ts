/** Mixes two #rrggbb colours; `share` 0 gives the first, 1 the second. */
export function mix(from: string, to: string, share: number): string {
  const parts = [1, 3, 5].map((at) => {
    const [a, b] = [from, to].map((color) => Number.parseInt(color.slice(at, at + 2), 16)) as [number, number]
    return Math.round(a + (b - a) * share)
      .toString(16)
      .padStart(2, '0')
  })
  return `#${parts.join('')}`
}

export const lighter = (color: string, share = 0.25) => mix(color, '#fff6e6', share)
export const darker = (color: string, share = 0.3) => mix(color, '#2b1a2e', share)

/** A fill for round things lit from the left: light edge, bright flank, dark far side with a little bounce. */
export function round(id: string, color: string): string {
  return `<linearGradient id="${id}">
    <stop offset="0" stop-color="${darker(color, 0.12)}"/><stop offset=".22" stop-color="${lighter(color, 0.3)}"/>
    <stop offset=".5" stop-color="${color}"/><stop offset=".86" stop-color="${darker(color, 0.34)}"/>
    <stop offset="1" stop-color="${darker(color, 0.24)}"/></linearGradient>`
}

/** A fill for flat things lit from the upper left. */
export function flat(id: string, color: string, depth = 0.16): string {
  return `<linearGradient id="${id}" x1="0" y1="0" x2="1" y2="1">
    <stop offset="0" stop-color="${lighter(color, depth)}"/><stop offset=".5" stop-color="${color}"/>
    <stop offset="1" stop-color="${darker(color, depth)}"/></linearGradient>`
}

/** A fill that runs from top to bottom. */
export function fall(id: string, top: string, bottom: string): string {
  return `<linearGradient id="${id}" x1="0" y1="0" x2="0" y2="1">
    <stop offset="0" stop-color="${top}"/><stop offset="1" stop-color="${bottom}"/></linearGradient>`
}

/** What a thing of half-width `rx` standing at (cx, cy) does to the table: a dark line and a long soft shadow. */
export function shadow(cx: number, cy: number, rx: number): string {
  return `<ellipse cx="${cx + rx * 0.42}" cy="${cy + 8}" rx="${rx * 1.35}" ry="${rx * 0.2 + 8}" fill="#2b1a2e" opacity=".22" filter="url(#blur24)"/>
    <ellipse cx="${cx + 6}" cy="${cy + 2}" rx="${rx * 1.02}" ry="${rx * 0.1 + 6}" fill="#2b1a2e" opacity=".5" filter="url(#blur8)"/>`
}

/** A leaf growing from (x, y) by `length` at `angle` degrees (0 is up), with a rib and a dark half. */
export function leaf(
  x: number,
  y: number,
  length: number,
  width: number,
  angle: number,
  color: string,
): string {
  const half = (side: number) =>
    `M0 0 C ${side * width} ${-length * 0.25} ${side * width * 0.8} ${-length * 0.75} 0 ${-length} Z`
  return `<g transform="translate(${x} ${y}) rotate(${angle})">
    <path d="${half(-1)}" fill="${lighter(color, 0.14)}"/><path d="${half(1)}" fill="${darker(color, 0.16)}"/>
    <path d="M0 0 V${-length * 0.94}" stroke="${lighter(color, 0.4)}" stroke-width="2" opacity=".7" fill="none"/></g>`
}

/** Rising steam above (x, y). */
export function steam(x: number, y: number): string {
  const wisp = (dx: number, height: number, width: number) =>
    `<path d="M${x + dx} ${y} c-26 ${-height * 0.3} 26 ${-height * 0.5} 4 ${-height * 0.75} s 8 ${-height * 0.2} 2 ${-height * 0.3}" stroke="#fff" stroke-width="${width}" stroke-linecap="round" fill="none"/>`
  return `<g opacity=".5" filter="url(#blur8)">${wisp(-26, 150, 12)}${wisp(14, 190, 15)}${wisp(46, 130, 9)}</g>`
}

/** A small source of chance that draws the same picture every time. */
export function dice(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}
