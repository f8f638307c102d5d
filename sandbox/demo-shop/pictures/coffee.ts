import { darker, dice, fall, flat, leaf, lighter, round, shadow } from './paint.ts'
import { drawScene } from './scene.ts'

const CREAM = '#f7ecd9'

/** A folded paper bag of beans with a label; `emblem` is drawn in a field of 160 by 110 around (0, 0). */
function coffeeBag(paper: string, ink: string, emblem: string, wall: string, table: string): string {
  return drawScene({
    wall,
    table,
    defs:
      flat('paper', paper) +
      flat('label', CREAM, 0.1) +
      fall('fold', lighter(paper, 0.2), darker(paper, 0.12)),
    things: `${shadow(400, 668, 150)}
      <path d="M262 244 C254 380 250 540 254 664 Q400 688 546 664 C550 540 546 380 538 244 Z" fill="url(#paper)"/>
      <path d="M538 244 C546 380 550 540 546 664 Q520 669 500 671 C512 520 512 380 498 244 Z" fill="${darker(paper, 0.4)}" opacity=".5"/>
      <path d="M262 244 C254 380 250 540 254 664 L276 668 C270 520 274 380 284 244 Z" fill="#fff" opacity=".16"/>
      <path d="M288 250 C300 300 286 330 300 352 M506 262 C496 300 512 320 500 350 M300 610 C330 640 300 655 320 668" stroke="${darker(paper, 0.45)}" stroke-width="3" opacity=".28" fill="none" filter="url(#blur3)"/>
      <path d="M258 160 Q400 150 542 160 L540 252 Q400 264 260 252 Z" fill="url(#fold)"/>
      <path d="M260 252 Q400 264 540 252 L539 266 Q400 280 261 266 Z" fill="#2b1a2e" opacity=".28" filter="url(#blur3)"/>
      <path d="M240 196 Q400 186 560 196 L560 214 Q400 204 240 214 Z" fill="${ink}"/>
      <path d="M240 196 Q400 186 560 196 L560 201 Q400 191 240 201 Z" fill="#fff" opacity=".3"/>
      <g transform="translate(400 450)">
        <rect x="-104" y="-128" width="208" height="262" rx="10" fill="#2b1a2e" opacity=".25" filter="url(#blur8)"/>
        <rect x="-104" y="-132" width="208" height="262" rx="10" fill="url(#label)"/>
        <rect x="-94" y="-122" width="188" height="242" rx="6" fill="none" stroke="${ink}" stroke-width="2" opacity=".6"/>
        <g transform="translate(0 -46)">${emblem}</g>
        <g fill="${ink}"><rect x="-64" y="36" width="128" height="15" rx="7"/><rect x="-40" y="62" width="80" height="7" rx="3" opacity=".7"/>
        <rect x="-74" y="92" width="46" height="6" rx="3" opacity=".5"/><rect x="28" y="92" width="46" height="6" rx="3" opacity=".5"/><circle cx="0" cy="95" r="6" opacity=".8"/></g>
      </g>
      ${beans(table)}`,
  })
}

function beans(table: string): string {
  const next = dice(table.length + 11)
  const spots: [number, number][] = [
    [598, 690],
    [636, 716],
    [572, 728],
    [194, 704],
    [228, 732],
    [664, 680],
    [610, 752],
  ]
  return spots.map(([x, y]) => bean(x, y, next() * 180, 1)).join('')
}

function bean(x: number, y: number, turn: number, size: number): string {
  return `<g transform="translate(${x} ${y}) scale(${size})"><ellipse cx="5" cy="7" rx="21" ry="12" fill="#2b1a2e" opacity=".35" filter="url(#blur3)"/>
    <g transform="rotate(${turn})"><ellipse rx="20" ry="13" fill="#5a3322"/><ellipse cx="-3" cy="-4" rx="14" ry="7" fill="#8a5737" opacity=".6"/>
    <path d="M-19 0 C-8 -7 8 7 19 0" stroke="#2f1810" stroke-width="3" fill="none"/></g></g>`
}

export function drawMorningBell(): string {
  const rays = Array.from({ length: 9 }, (_, i) => {
    const turn = -88 + i * 22
    return `<rect x="-3.5" y="-74" width="7" height="24" rx="3.5" transform="translate(0 34) rotate(${turn})"/>`
  })
  const emblem = `<g fill="#d9722e"><path d="M-36 34 a36 36 0 0 1 72 0 Z"/>${rays.join('')}<rect x="-70" y="40" width="140" height="6" rx="3"/></g>`
  return coffeeBag('#d98a52', '#7a3519', emblem, '#f2c9a0', '#b7794f')
}

export function drawHuila(): string {
  const emblem = `<circle cx="30" cy="-26" r="17" fill="#e9a13b"/><path d="M-78 44 L-26 -34 L4 10 L30 -14 L78 44 Z" fill="#2f6f73"/>
    <path d="M-26 -34 L-42 -10 L-30 -14 L-22 -4 L-12 -14 Z" fill="#f7ecd9"/><path d="M-78 44 L-40 12 L0 44 Z" fill="#1f4d52" opacity=".5"/>`
  return coffeeBag('#4f9a97', '#1f4d52', emblem, '#cfe3d6', '#a98a66')
}

export function drawNightOwl(): string {
  const stars = [
    [-64, -30, 3],
    [58, -40, 4],
    [66, 6, 3],
    [-70, 14, 2.5],
    [-44, -52, 2.5],
  ]
  const emblem = `<g fill="#e7b94c">${stars.map(([x, y, r]) => `<circle cx="${x}" cy="${y}" r="${r}"/>`).join('')}</g>
    <path d="M-36 -40 Q-34 -58 -24 -46 Q0 -56 24 -46 Q34 -58 36 -40 C44 10 30 44 0 46 C-30 44 -44 10 -36 -40 Z" fill="#37406b"/>
    <path d="M-20 0 Q0 14 20 0 Q18 38 0 40 Q-18 38 -20 0 Z" fill="#c9b48f"/>
    <g fill="#f7ecd9"><circle cx="-15" cy="-22" r="15"/><circle cx="15" cy="-22" r="15"/></g><g fill="#1d2140"><circle cx="-13" cy="-21" r="7"/><circle cx="13" cy="-21" r="7"/></g>
    <path d="M-5 -12 L5 -12 L0 -2 Z" fill="#e59a3a"/>`
  return coffeeBag('#414a7c', '#262c52', emblem, '#b9bbdc', '#7d6a73')
}

/** A bar of dark chocolate, half out of its wrapper. */
export function drawChocolate(): string {
  const squares = Array.from({ length: 6 }, (_, i) => {
    const [x, y] = [(i % 2) * 96, Math.floor(i / 2) * 78]
    return `<g transform="translate(${x} ${y})"><rect width="90" height="72" rx="6" fill="url(#cocoa)"/><rect x="10" y="9" width="70" height="52" rx="4" fill="#6b3d2b" opacity=".55"/><path d="M10 61 V13 a4 4 0 0 1 4 -4 H80" stroke="#a56b4b" stroke-width="3" fill="none" opacity=".7"/></g>`
  })
  return drawScene({
    wall: '#efc4b4',
    table: '#c98d78',
    fromAbove: true,
    back: 'sun',
    defs:
      flat('cocoa', '#4a2419', 0.2) +
      flat('wrap', '#1f6f68') +
      flat('foil', '#e3c27a', 0.3) +
      flat('label', CREAM, 0.1),
    things: `<g transform="translate(0 -2) rotate(-14 400 400)">
      <rect x="290" y="146" width="232" height="520" rx="14" fill="#2b1a2e" opacity=".5" filter="url(#blur24)" transform="translate(34 40)"/>
      <rect x="302" y="132" width="200" height="300" rx="10" fill="#35180f"/>
      <g transform="translate(309 140)">${squares.join('')}</g>
      <path d="M290 352 L308 330 L330 350 L352 328 L376 348 L400 326 L424 348 L448 328 L470 350 L492 330 L514 352 V420 H290 Z" fill="url(#foil)"/>
      <path d="M308 330 L330 350 L352 328 M400 326 L424 348 L448 328" stroke="#fff" stroke-width="3" opacity=".6" fill="none"/>
      <rect x="286" y="384" width="232" height="286" rx="8" fill="url(#wrap)"/><rect x="286" y="384" width="232" height="12" fill="#fff" opacity=".18"/>
      <g fill="none" stroke="#e3c27a" stroke-width="3" opacity=".85">${Array.from({ length: 5 }, (_, i) => `<path d="M${302 + i * 40} 414 q20 -22 40 0 q-20 22 -40 0 Z"/>`).join('')}${Array.from({ length: 5 }, (_, i) => `<path d="M${302 + i * 40} 642 q20 -22 40 0 q-20 22 -40 0 Z"/>`).join('')}</g>
      <rect x="316" y="452" width="172" height="156" rx="8" fill="url(#label)"/>
      <g fill="#1f6f68"><path d="M402 468 C440 490 440 524 402 546 C364 524 364 490 402 468 Z" fill="#8a4a2e"/><path d="M402 472 V542 M386 484 Q402 500 418 484 M380 504 Q402 522 424 504" stroke="#f7ecd9" stroke-width="3" fill="none"/>
      <rect x="346" y="562" width="112" height="12" rx="6"/><rect x="370" y="584" width="64" height="7" rx="3" opacity=".7"/></g></g>
      ${Array.from({ length: 16 }, (_, i) => salt(i)).join('')}`,
  })
}

function salt(i: number): string {
  const next = dice(i * 97 + 5)
  const [x, y, size] = [110 + next() * 130 + (i % 2) * 460, 150 + next() * 500, 5 + next() * 9]
  return `<rect x="${x}" y="${y}" width="${size}" height="${size}" rx="2" fill="#fff" opacity=".9" transform="rotate(${next() * 90} ${x} ${y})"/>`
}

/** A tin of verbena tea with its lid, and a few leaves. */
export function drawTea(): string {
  const green = '#7fa35a'
  return drawScene({
    wall: '#e3e4bd',
    table: '#b99b6b',
    back: 'arch',
    defs: round('tin', green) + round('lid', '#d8b765') + round('band', CREAM),
    things: `${shadow(400, 660, 138)}
      <path d="M264 286 V636 a136 30 0 0 0 272 0 V286 Z" fill="url(#tin)"/>
      <path d="M264 372 a136 30 0 0 0 272 0 V566 a136 30 0 0 1 -272 0 Z" fill="url(#band)"/>
      <path d="M264 380 a136 30 0 0 0 272 0 M264 558 a136 30 0 0 0 272 0" stroke="${darker(green, 0.4)}" stroke-width="3" fill="none"/>
      <g transform="translate(392 478)">${leaf(0, 52, 118, 26, 0, green)}${leaf(0, 30, 80, 20, -52, green)}${leaf(0, 30, 80, 20, 52, green)}${leaf(0, 6, 62, 16, -40, green)}${leaf(0, 6, 62, 16, 40, green)}</g>
      <g fill="${darker(green, 0.45)}"><rect x="340" y="548" width="104" height="10" rx="5"/><rect x="362" y="568" width="60" height="6" rx="3" opacity=".7"/></g>
      <path d="M256 226 V290 a144 32 0 0 0 288 0 V226 Z" fill="url(#lid)"/><ellipse cx="400" cy="226" rx="144" ry="32" fill="${lighter('#d8b765', 0.3)}"/>
      <ellipse cx="400" cy="226" rx="128" ry="26" fill="none" stroke="${darker('#d8b765', 0.3)}" stroke-width="2" opacity=".6"/>
      <circle cx="400" cy="214" r="17" fill="url(#lid)"/><circle cx="394" cy="208" r="6" fill="#fff" opacity=".5"/>
      <rect x="292" y="300" width="14" height="330" rx="7" fill="#fff" opacity=".22" filter="url(#blur3)"/>
      ${leaf(176, 720, 84, 20, 64, green)}${leaf(600, 740, 96, 22, -70, green)}${leaf(640, 700, 70, 17, 28, lighter(green, 0.2))}`,
  })
}
