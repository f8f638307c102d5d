import { darker, dice, leaf, lighter, round, shadow } from './paint.ts'
import { drawScene } from './scene.ts'

/** A terracotta-shaped pot of the half-width 118 whose rim lies at y 452. */
function pot(color: string): { defs: string; back: string; front: string } {
  return {
    defs: round('pot', color) + round('lip', lighter(color, 0.12)),
    back: `${shadow(400, 668, 106)}<ellipse cx="400" cy="452" rx="124" ry="28" fill="${darker(color, 0.35)}"/><ellipse cx="400" cy="458" rx="112" ry="22" fill="#4a3226"/>`,
    front: `<path d="M288 490 L310 650 Q312 664 330 667 Q400 678 470 667 Q488 664 490 650 L512 490 Z" fill="url(#pot)"/>
      <path d="M288 498 Q400 530 512 498 L511 512 Q400 546 290 512 Z" fill="#2b1a2e" opacity=".22" filter="url(#blur3)"/>
      <path d="M276 452 V488 a124 28 0 0 0 248 0 V452 a124 28 0 0 1 -248 0 Z" fill="url(#lip)"/>
      <path d="M312 540 L322 636" stroke="#fff" stroke-width="13" stroke-linecap="round" opacity=".25" filter="url(#blur3)"/>`,
  }
}

/** One holed leaf of a Swiss cheese plant, its tip at the end of `length`. */
function monsteraLeaf(x: number, y: number, length: number, angle: number, color: string): string {
  const cuts = [-1, 1].flatMap((side) =>
    [0.26, 0.45, 0.64].map((at, i) => {
      const [w, h] = [length * (0.44 - i * 0.06), length * 0.055]
      const base = -length * at
      return `<path d="M${side * length * 0.12} ${base} Q${side * w * 0.6} ${base - h * 2.2} ${side * w * 1.5} ${base - length * 0.16 - h} L${side * w * 1.5} ${base - length * 0.16 + h * 1.5} Q${side * w * 0.6} ${base + h * 0.6} ${side * length * 0.12} ${base} Z" fill="#000"/>`
    }),
  )
  const id = `cut${x}${y}${length}`
  const shape = `M0 0 C ${-length * 0.3} ${length * 0.16} ${-length * 0.66} ${-length * 0.12} ${-length * 0.52} ${-length * 0.5} C ${-length * 0.4} ${-length * 0.84} ${-length * 0.14} ${-length * 0.92} 0 ${-length} C ${length * 0.14} ${-length * 0.92} ${length * 0.4} ${-length * 0.84} ${length * 0.52} ${-length * 0.5} C ${length * 0.66} ${-length * 0.12} ${length * 0.3} ${length * 0.16} 0 0 Z`
  const ribs = [0.22, 0.4, 0.58, 0.76]
    .map(
      (at) =>
        `M0 ${-length * at} L${-length * 0.36} ${-length * (at + 0.1)} M0 ${-length * at} L${length * 0.36} ${-length * (at + 0.1)}`,
    )
    .join(' ')
  return `<g transform="translate(${x} ${y}) rotate(${angle})"><mask id="${id}"><rect x="${-length}" y="${-length * 1.2}" width="${length * 2}" height="${length * 1.6}" fill="#fff"/>${cuts.join('')}</mask><clipPath id="${id}c"><path d="${shape}"/></clipPath>
    <g mask="url(#${id})"><path d="${shape}" fill="${color}"/><path d="M0 0 V${-length} C ${length * 0.14} ${-length * 0.92} ${length * 0.4} ${-length * 0.84} ${length * 0.52} ${-length * 0.5} C ${length * 0.66} ${-length * 0.12} ${length * 0.3} ${length * 0.16} 0 0 Z" fill="${darker(color, 0.2)}"/>
    <path d="${ribs}" clip-path="url(#${id}c)" stroke="${lighter(color, 0.3)}" stroke-width="2" opacity=".4"/><path d="M0 4 V${-length * 0.96}" stroke="${lighter(color, 0.4)}" stroke-width="4" opacity=".7"/></g></g>`
}

export function drawMonstera(): string {
  const { defs, back, front } = pot('#e9e1d0')
  const stems = [
    [300, 250],
    [500, 236],
    [236, 380],
    [566, 372],
    [404, 300],
  ]
    .map(
      ([x, y]) =>
        `<path d="M400 462 Q${(400 + (x ?? 0)) / 2 + 10} ${(y ?? 0) + 110} ${x} ${y}" stroke="#4c7a4a" stroke-width="9" fill="none" stroke-linecap="round"/>`,
    )
    .join('')
  return drawScene({
    wall: '#f1d8bd',
    table: '#b78a66',
    defs,
    things: `${back}${stems}${monsteraLeaf(300, 252, 176, -34, '#3f7d55')}${monsteraLeaf(500, 238, 184, 30, '#4a8a5c')}
      ${monsteraLeaf(236, 384, 150, -78, '#356d4b')}${monsteraLeaf(566, 376, 156, 74, '#3c7a51')}${monsteraLeaf(404, 306, 196, -2, '#56996a')}${front}`,
  })
}

export function drawSnakePlant(): string {
  const { defs, back, front } = pot('#d07f5a')
  const blade = (x: number, top: number, lean: number, width: number, color: string, seed: number) => {
    const shape = `M${x - width} 470 C${x - width * 1.2 + lean * 0.3} ${(470 + top) / 2} ${x + lean - width * 0.5} ${top + 70} ${x + lean} ${top} C${x + lean + width * 0.6} ${top + 80} ${x + width * 1.2 + lean * 0.3} ${(470 + top) / 2} ${x + width} 470 Z`
    const next = dice(seed)
    const bands = Array.from({ length: 14 }, (_, i) => {
      const y = top + 30 + (i * (450 - top)) / 14
      return `<path d="M${x - 60 + lean * 0.6} ${y + next() * 12} q30 ${-10 + next() * 20} 60 0 t60 0 l20 10 q-40 10 -70 2 t-60 4 Z" fill="${darker(color, 0.3)}" opacity=".5"/>`
    })
    return `<clipPath id="blade${seed}"><path d="${shape}"/></clipPath><path d="${shape}" fill="#e4d27a"/><g clip-path="url(#blade${seed})"><g transform="translate(${x} 470) scale(.74 .97) translate(${-x} -470)"><path d="${shape}" fill="${color}"/></g><g opacity=".75">${bands.join('')}</g><path d="M${x + 4} 470 Q${x + lean * 0.4 + 8} ${(470 + top) / 2} ${x + lean} ${top} L${x + width * 2} 470 Z" fill="#16301f" opacity=".22"/></g>`
  }
  return drawScene({
    wall: '#cfe0dc',
    table: '#b78d72',
    back: 'sun',
    defs,
    things: `${back}${blade(346, 190, -66, 30, '#5f9166', 21)}${blade(456, 156, 64, 32, '#5a8b62', 35)}${blade(402, 86, 6, 36, '#6fa274', 48)}${blade(376, 276, -52, 24, '#6fa274', 52)}${blade(430, 290, 46, 24, '#659a6d', 67)}${front}`,
  })
}

export function drawCacti(): string {
  const green = ['#5d9a6c', '#7aa860', '#4f8a78']
  const small = (
    x: number,
    y: number,
    size: number,
    color: string,
    plant: string,
  ) => `<g transform="translate(${x} ${y}) scale(${size})">
      ${shadow(0, 0, 66)}<ellipse cx="0" cy="-112" rx="74" ry="17" fill="${darker(color, 0.4)}"/><ellipse cx="0" cy="-109" rx="66" ry="12" fill="#5a3d2d"/>${plant}
      <path d="M-68 -96 L-54 -8 Q0 10 54 -8 L68 -96 Z" fill="url(#p${x})"/><path d="M-74 -112 V-88 a74 17 0 0 0 148 0 V-112 a74 17 0 0 1 -148 0 Z" fill="url(#p${x})"/></g>`
  const spines = (seed: number, w: number, h: number, top: number) => {
    const next = dice(seed)
    return Array.from(
      { length: 26 },
      () =>
        `<path d="M${(next() - 0.5) * w} ${top + next() * h} l-5 -5 m5 5 l6 -4 m-6 4 l0 -7" stroke="#fbf3df" stroke-width="1.8" opacity=".85"/>`,
    ).join('')
  }
  const ribbed = (color: string, w: number, h: number) =>
    `<rect x="${-w / 2}" y="${-110 - h}" width="${w}" height="${h + 8}" rx="${w / 2}" fill="${color}"/>${[-0.28, 0, 0.28].map((at) => `<path d="M${w * at} -108 Q${w * at * 1.15} ${-110 - h * 0.5} ${w * at * 0.5} ${-106 - h * 0.96}" stroke="${darker(color, 0.3)}" stroke-width="4" fill="none" opacity=".6"/>`).join('')}<path d="M${-w * 0.38} -120 V${-110 - h * 0.66}" stroke="#fff" stroke-width="7" stroke-linecap="round" opacity=".25"/>`
  const [one = '', two = '', three = ''] = green
  const ball = `<ellipse cx="0" cy="-158" rx="74" ry="66" fill="${two}"/>${[-50, -26, 0, 26, 50].map((x) => `<path d="M${x * 0.9} -102 Q${x * 1.5} -160 ${x * 0.3} -222" stroke="${darker(two, 0.3)}" stroke-width="4" fill="none" opacity=".55"/>`).join('')}${spines(5, 120, 90, -200)}<g transform="translate(4 -226)">${[-60, -20, 20, 60].map((turn) => `<ellipse cy="-14" rx="9" ry="18" fill="#ea7a8c" transform="rotate(${turn})"/>`).join('')}<circle r="7" fill="#f5cf63"/></g>`
  const arms = `<path d="M-34 -190 h-30 a14 14 0 0 1 -14 -14 v-36" stroke="${darker(one, 0.1)}" stroke-width="34" stroke-linecap="round" fill="none"/><path d="M34 -160 h34 a12 12 0 0 0 12 -12 v-52" stroke="${darker(one, 0.2)}" stroke-width="30" stroke-linecap="round" fill="none"/>${ribbed(one, 84, 216)}${spines(9, 66, 180, -310)}`
  const pads = `<ellipse cx="0" cy="-156" rx="46" ry="56" fill="${three}"/><ellipse cx="-40" cy="-226" rx="34" ry="44" transform="rotate(-24 -40 -226)" fill="${lighter(three, 0.12)}"/><ellipse cx="40" cy="-232" rx="32" ry="42" transform="rotate(26 40 -232)" fill="${darker(three, 0.1)}"/>${spines(14, 120, 130, -260)}`
  return drawScene({
    wall: '#f3cfc0',
    table: '#c99a7a',
    back: 'sun',
    defs: round('p196', '#e3b34f') + round('p400', '#cf6f57') + round('p606', '#5f8fa8'),
    things: `${small(400, 640, 1.16, '#cf6f57', arms)}${small(196, 676, 1.04, '#e3b34f', ball)}${small(606, 678, 1.06, '#5f8fa8', pads)}`,
  })
}

export function drawOliveTree(): string {
  const { defs, back, front } = pot('#c98a5e')
  const next = dice(31)
  const crown = Array.from({ length: 260 }, (_, i) => {
    const [turn, far] = [next() * Math.PI * 2, Math.sqrt(next()) * 168]
    const [x, y] = [400 + Math.cos(turn) * far * 1.05, 232 + Math.sin(turn) * far * 0.88]
    const shade = ['#8fa777', '#7c9668', '#a8bb92', '#6b865c'][i % 4] ?? '#8fa777'
    return leaf(Math.round(x), Math.round(y), 50 + next() * 26, 11, next() * 360, shade)
  })
  const olives = Array.from(
    { length: 9 },
    () => `<ellipse cx="${280 + next() * 240}" cy="${150 + next() * 190}" rx="8" ry="11" fill="#453a52"/>`,
  )
  return drawScene({
    wall: '#e6dfc4',
    table: '#b9956d',
    defs,
    things: `${back}<path d="M392 470 C384 420 412 400 398 350 M400 380 C380 340 350 320 330 290 M402 376 C420 330 450 310 470 270 M399 370 C400 320 396 290 400 250" stroke="#8a6b50" stroke-width="15" stroke-linecap="round" fill="none"/>
      <g fill="#64805a"><circle cx="330" cy="262" r="86"/><circle cx="470" cy="258" r="88"/><circle cx="400" cy="190" r="100"/><circle cx="400" cy="290" r="74"/></g>${crown.join('')}${olives.join('')}${front}`,
  })
}
