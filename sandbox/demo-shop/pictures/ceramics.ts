import { darker, dice, fall, flat, leaf, lighter, round, shadow, steam } from './paint.ts'
import { drawScene } from './scene.ts'

const CLAY = '#d9b48f'

/** Speckles of iron in the glaze, within a box. */
function speckles(seed: number, x: number, y: number, width: number, height: number, color: string): string {
  const next = dice(seed)
  return Array.from(
    { length: 60 },
    () =>
      `<circle cx="${(x + next() * width).toFixed(1)}" cy="${(y + next() * height).toFixed(1)}" r="${(0.8 + next() * 1.8).toFixed(1)}" fill="${color}" opacity=".45"/>`,
  ).join('')
}

export function drawMug(): string {
  const glaze = '#3f7f95'
  return drawScene({
    wall: '#f0d2b8',
    table: '#c69a72',
    back: 'window',
    defs:
      round('clay', CLAY) +
      round('glaze', glaze) +
      fall('brew', '#6b3f27', '#3a1d10') +
      round('handle', glaze),
    things: `${shadow(385, 664, 160)}
      <path d="M532 366 C668 350 672 560 522 566" fill="none" stroke="${darker(glaze, 0.42)}" stroke-width="42" stroke-linecap="round"/>
      <path d="M532 362 C656 348 660 548 522 558" fill="none" stroke="${glaze}" stroke-width="32" stroke-linecap="round"/>
      <path d="M536 352 C640 344 650 470 610 520" fill="none" stroke="#fff" stroke-width="6" stroke-linecap="round" opacity=".35"/>
      <path d="M236 318 C236 470 240 580 262 640 Q270 664 312 670 Q385 682 458 670 Q500 664 508 640 C530 580 534 470 534 318 Z" fill="url(#clay)"/>
      <path d="M236 318 C236 420 238 500 246 560 C262 580 276 552 296 566 S330 612 352 580 S400 556 424 572 S470 600 488 566 S516 572 524 556 C532 500 534 420 534 318 Z" fill="url(#glaze)"/>
      ${speckles(4, 246, 360, 276, 180, '#173943')}
      <ellipse cx="385" cy="318" rx="149" ry="40" fill="${lighter(glaze, 0.35)}"/><ellipse cx="385" cy="320" rx="136" ry="33" fill="${darker(glaze, 0.4)}"/>
      <ellipse cx="385" cy="330" rx="124" ry="25" fill="url(#brew)"/><path d="M276 334 a110 20 0 0 0 150 18" stroke="#c58b55" stroke-width="5" fill="none" opacity=".7"/>
      <path d="M272 372 C270 450 276 520 284 556" stroke="#fff" stroke-width="15" stroke-linecap="round" opacity=".3" fill="none" filter="url(#blur3)"/>
      ${steam(385, 306)}`,
  })
}

export function drawEspressoCups(): string {
  const cup = (x: number, color: string, id: string, seed: number) => `<g transform="translate(${x} 0)">
      ${shadow(0, 674, 118)}<ellipse cx="0" cy="664" rx="150" ry="30" fill="${darker(color, 0.12)}"/><ellipse cx="0" cy="657" rx="150" ry="30" fill="${lighter(color, 0.3)}"/>
      <ellipse cx="0" cy="659" rx="92" ry="17" fill="${darker(color, 0.25)}" opacity=".6"/>
      <path d="M82 520 c64 -8 64 78 -12 84" fill="none" stroke="${darker(color, 0.2)}" stroke-width="19"/><path d="M82 518 c58 -8 58 70 -12 80" fill="none" stroke="${color}" stroke-width="12"/>
      <path d="M-96 488 C-96 590 -70 656 -44 660 H44 C70 656 96 590 96 488 Z" fill="url(#${id})"/>${speckles(seed, -74, 510, 148, 110, '#5b3b2a')}
      <ellipse cx="0" cy="488" rx="96" ry="25" fill="${lighter(color, 0.45)}"/><ellipse cx="0" cy="490" rx="86" ry="20" fill="${darker(color, 0.45)}"/><ellipse cx="0" cy="495" rx="79" ry="16" fill="#7a4526"/><ellipse cx="-8" cy="494" rx="52" ry="9" fill="#c08a52" opacity=".8"/>
      <path d="M-70 520 C-66 580 -54 620 -44 640" stroke="#fff" stroke-width="10" stroke-linecap="round" opacity=".35" fill="none" filter="url(#blur3)"/></g>`
  return drawScene({
    wall: '#d5dfd3',
    table: '#b58f72',
    back: 'sun',
    defs: round('rose', '#d98f7e') + round('milk', '#eadfcb'),
    things: `<g transform="translate(-96 -206) scale(1.28)">${cup(500, '#eadfcb', 'milk', 3)}<g transform="translate(0 44)">${cup(292, '#d98f7e', 'rose', 9)}</g>${steam(292, 514)}</g>`,
  })
}

export function drawDripper(): string {
  const white = '#efe8da'
  return drawScene({
    wall: '#f2dcc0',
    table: '#b98e68',
    back: 'arch',
    defs:
      round('body', white) +
      fall('glass', '#ffffff', '#bcd3d6') +
      fall('brew', '#8a4d28', '#4a2413') +
      round('cone', '#fbf6ec'),
    things: `${shadow(400, 676, 140)}
      <path d="M330 452 C326 500 262 530 262 600 C262 668 312 680 400 680 S538 668 538 600 C538 530 474 500 470 452 Z" fill="url(#glass)" opacity=".75"/>
      <path d="M268 580 C262 660 312 674 400 674 S538 660 532 580 Q400 604 268 580 Z" fill="url(#brew)"/><ellipse cx="400" cy="582" rx="132" ry="16" fill="#a9673a"/>
      <path d="M290 560 C276 600 284 640 306 656" stroke="#fff" stroke-width="10" stroke-linecap="round" opacity=".6" fill="none"/>
      <path d="M400 450 V576" stroke="#6b371c" stroke-width="5"/><path d="M388 580 a12 4 0 0 0 24 0" fill="#fff" opacity=".4"/>
      <path d="M524 300 c84 -14 84 110 -46 92" fill="none" stroke="${darker(white, 0.3)}" stroke-width="26"/><path d="M524 298 c76 -14 76 100 -46 88" fill="none" stroke="${white}" stroke-width="18"/>
      <path d="M240 232 C262 330 312 410 352 434 H448 C488 410 538 330 560 232 Z" fill="url(#body)"/>
      <path d="M300 280 C330 352 350 390 372 416 M400 292 V420 M500 280 C470 352 450 390 428 416" stroke="${darker(white, 0.25)}" stroke-width="7" fill="none" opacity=".5"/>
      <path d="M232 226 L250 128 Q300 170 340 130 Q400 176 462 130 Q500 168 550 128 L568 226 Z" fill="url(#cone)" opacity=".96"/>
      <ellipse cx="400" cy="232" rx="162" ry="36" fill="${lighter(white, 0.5)}"/><ellipse cx="400" cy="234" rx="146" ry="29" fill="#fdf9f0"/><ellipse cx="400" cy="242" rx="112" ry="20" fill="#4a2816"/><ellipse cx="384" cy="238" rx="52" ry="8" fill="#8a5a38" opacity=".8"/>
      <rect x="296" y="430" width="208" height="26" rx="13" fill="url(#body)"/><rect x="296" y="430" width="208" height="7" rx="3" fill="#fff" opacity=".5"/>
      ${steam(400, 222)}`,
  })
}

export function drawBowl(): string {
  const green = '#6f9178'
  return drawScene({
    wall: '#ecd6d0',
    table: '#bf9479',
    back: 'sun',
    defs: round('bowl', '#e4d5bd') + round('rim', green) + flat('fig', '#6d3c63', 0.3),
    things: `${shadow(400, 668, 104)}<ellipse cx="450" cy="690" rx="220" ry="34" fill="#2b1a2e" opacity=".16" filter="url(#blur24)"/>
      <path d="M318 652 h164 v18 q-82 16 -164 0 Z" fill="${darker(CLAY, 0.2)}"/>
      <path d="M170 440 C176 572 268 660 400 660 S624 572 630 440 Z" fill="url(#bowl)"/>
      <path d="M170 440 C171 470 177 498 187 524 C240 548 300 520 352 540 S470 556 520 534 S590 540 613 524 C623 498 629 470 630 440 Z" fill="url(#rim)"/>${speckles(12, 236, 500, 328, 110, '#4a3a2c')}
      <ellipse cx="400" cy="440" rx="230" ry="58" fill="${lighter(green, 0.4)}"/><ellipse cx="400" cy="443" rx="214" ry="49" fill="${darker(green, 0.32)}"/>
      <g>${fruit(318, 420, 62, '#d9713c')}${fruit(470, 416, 66, '#e2a33f')}${fruit(394, 388, 70, '#cf5747')}</g>
      ${leaf(404, 322, 60, 16, 42, '#5b8a52')}${leaf(478, 356, 46, 13, 60, '#5b8a52')}
      <path d="M188 446 A214 49 0 0 0 612 446 L616 440 A230 58 0 0 1 184 440 Z" fill="${lighter(green, 0.3)}"/>
      <path d="M206 500 C222 560 262 604 300 626" stroke="#fff" stroke-width="15" stroke-linecap="round" opacity=".35" fill="none" filter="url(#blur3)"/>`,
  })
}

function fruit(x: number, y: number, r: number, color: string): string {
  return `<g transform="translate(${x} ${y})"><circle r="${r}" fill="${darker(color, 0.25)}"/><circle cx="-4" cy="-4" r="${r - 5}" fill="${color}"/><ellipse cx="${-r * 0.35}" cy="${-r * 0.42}" rx="${r * 0.34}" ry="${r * 0.24}" fill="#fff" opacity=".4" filter="url(#blur8)"/><path d="M2 ${-r + 4} q4 -18 14 -22" stroke="#5a3b24" stroke-width="6" stroke-linecap="round" fill="none"/></g>`
}

export function drawVase(): string {
  const ink = '#4d5a8c'
  const stem = (d: string) =>
    `<path d="${d}" stroke="#6f8a58" stroke-width="6" fill="none" stroke-linecap="round"/>`
  return drawScene({
    wall: '#b9c7e2',
    table: '#b59a8e',
    back: 'arch',
    defs: round('vase', ink) + round('foot', CLAY),
    things: `${shadow(400, 668, 112)}
      ${stem('M396 400 C392 300 372 240 340 190')}${stem('M402 400 C406 290 440 220 468 150')}${stem('M400 400 C410 340 470 290 520 270')}${stem('M398 400 C380 330 320 300 284 300')}
      ${leaf(380, 290, 62, 17, -62, '#7f9c63')}${leaf(430, 250, 66, 17, 62, '#7f9c63')}${leaf(404, 350, 50, 14, -40, '#6f8a58')}
      ${daisy(340, 184, 56, '#fffdf6')}${daisy(470, 142, 64, '#fffdf6')}${daisy(526, 268, 44, '#f3b9ae')}${daisy(278, 300, 42, '#f3b9ae')}
      <path d="M366 404 C370 450 286 490 286 574 C286 648 342 668 400 668 S514 648 514 574 C514 490 430 450 434 404 Z" fill="url(#vase)"/>
      <path d="M306 634 C326 660 360 668 400 668 S474 660 494 634 Q400 654 306 634 Z" fill="url(#foot)"/>
      <path d="M292 546 Q400 580 508 546 M289 566 Q400 602 511 566" stroke="${lighter(ink, 0.6)}" stroke-width="5" fill="none" opacity=".8"/>
      <ellipse cx="400" cy="404" rx="36" ry="10" fill="${lighter(ink, 0.35)}"/><ellipse cx="400" cy="405" rx="28" ry="6.500" fill="${darker(ink, 0.5)}"/>
      <path d="M328 520 C312 548 312 590 324 616" stroke="#fff" stroke-width="14" stroke-linecap="round" opacity=".4" fill="none" filter="url(#blur3)"/>`,
  })
}

function daisy(x: number, y: number, r: number, color: string): string {
  const petals = Array.from(
    { length: 13 },
    (_, i) =>
      `<ellipse cy="${-r * 0.62}" rx="${r * 0.15}" ry="${r * 0.4}" fill="${i % 2 ? color : darker(color, 0.12)}" transform="rotate(${(i * 360) / 13})"/>`,
  )
  return `<g transform="translate(${x} ${y})">${petals.join('')}<circle r="${r * 0.28}" fill="#e3a73a"/><circle cx="${-r * 0.07}" cy="${-r * 0.08}" r="${r * 0.15}" fill="#f6cf73"/></g>`
}
