import { darker, dice, fall, flat, leaf, lighter, round, shadow } from './paint.ts'
import { drawScene } from './scene.ts'

export function drawCandle(): string {
  const glass = '#b6685a'
  return drawScene({
    wall: '#e2b9a6',
    table: '#a87a63',
    back: 'arch',
    defs: `${round('glass', glass)}${round('wax', '#f3e4c9')}${flat('label', '#f7ecd9', 0.1)}
      <radialGradient id="halo"><stop offset="0" stop-color="#ffdf8f" stop-opacity=".85"/><stop offset="1" stop-color="#ffdf8f" stop-opacity="0"/></radialGradient>
      ${fall('flame', '#fff3c4', '#f08a2c')}`,
    things: `${shadow(400, 664, 132)}<circle cx="400" cy="286" r="230" fill="url(#halo)"/>
      <path d="M266 384 V632 Q268 664 312 668 Q400 678 488 668 Q532 664 534 632 V384 Z" fill="url(#glass)"/>
      <ellipse cx="400" cy="384" rx="134" ry="32" fill="${lighter(glass, 0.45)}"/><ellipse cx="400" cy="386" rx="122" ry="26" fill="${darker(glass, 0.25)}"/><ellipse cx="400" cy="396" rx="114" ry="20" fill="#f6e3bd"/><ellipse cx="400" cy="396" rx="52" ry="9" fill="#fff6dd"/>
      <path d="M400 396 V358" stroke="#3b2520" stroke-width="5" stroke-linecap="round"/><path d="M400 262 C436 310 432 352 400 364 C368 352 364 310 400 262 Z" fill="url(#flame)"/><path d="M400 312 C416 334 414 354 400 360 C386 354 384 334 400 312 Z" fill="#fffbe8"/>
      <g transform="translate(394 540)"><path d="M-84 -84 Q0 -68 84 -84 V76 Q0 92 -84 76 Z" fill="url(#label)"/><path d="M-75 -74 Q0 -59 75 -74 V67 Q0 82 -75 67 Z" fill="none" stroke="#6d3c63" stroke-width="2" opacity=".6"/>
        <path d="M0 -48 C10 -40 34 -20 34 8 C34 30 18 38 0 38 C-18 38 -34 30 -34 8 C-34 -20 -10 -40 0 -48 Z" fill="#6d3c63"/><path d="M0 -44 C-14 -14 -16 12 -6 36 M0 -44 C14 -14 16 12 6 36" stroke="#9a6a8e" stroke-width="3" fill="none"/>${leaf(2, -42, 34, 10, 64, '#6f8a58')}<rect x="-42" y="50" width="84" height="9" rx="4" fill="#6d3c63"/></g>
      <path d="M292 430 V620" stroke="#fff" stroke-width="14" stroke-linecap="round" opacity=".3" filter="url(#blur3)"/>
      ${leaf(178, 708, 90, 22, 58, '#6f8a58')}${leaf(610, 720, 84, 20, -52, '#7f9c63')}`,
  })
}

export function drawWateringCan(): string {
  const brass = '#d9a441'
  return drawScene({
    wall: '#cfdccb',
    table: '#b08b6c',
    back: 'window',
    defs: round('brass', brass) + flat('spout', brass, 0.3),
    things: `${shadow(360, 664, 150)}
      <path d="M250 420 C196 330 250 214 366 214 C470 214 506 300 486 420" fill="none" stroke="${darker(brass, 0.45)}" stroke-width="24" stroke-linecap="round"/><path d="M250 416 C198 328 252 218 366 218 C464 218 500 300 482 416" fill="none" stroke="${brass}" stroke-width="16" stroke-linecap="round"/><path d="M238 380 C212 310 262 224 366 222" fill="none" stroke="#fff3c9" stroke-width="5" stroke-linecap="round" opacity=".8"/>
      <path d="M470 590 C560 570 610 440 640 330 L662 338 C640 460 596 630 474 640 Z" fill="url(#spout)"/><path d="M476 596 C566 572 612 444 642 336" stroke="#fff3c9" stroke-width="4" fill="none" opacity=".7"/>
      <g transform="translate(652 326) rotate(20)"><path d="M-14 14 L-40 -26 H40 L14 14 Z" fill="url(#spout)"/><ellipse cy="-26" rx="40" ry="12" fill="${lighter(brass, 0.4)}"/>${[-22, -8, 8, 22].map((x) => `<circle cx="${x}" cy="${-26}" r="2.500" fill="${darker(brass, 0.6)}"/>`).join('')}</g>
      <path d="M214 420 C208 520 212 600 220 646 Q222 666 260 668 Q360 680 456 668 Q494 666 496 646 C504 600 508 520 502 420 Z" fill="url(#brass)"/>
      <path d="M212 470 Q358 502 504 470 M214 620 Q358 652 500 620" stroke="${darker(brass, 0.4)}" stroke-width="4" fill="none" opacity=".6"/>
      <ellipse cx="358" cy="420" rx="144" ry="34" fill="${lighter(brass, 0.35)}"/><path d="M222 420 a136 28 0 0 1 272 0 q-136 30 -272 0 Z" fill="${darker(brass, 0.2)}"/><path d="M240 428 a118 20 0 0 1 236 0 q-118 22 -236 0 Z" fill="#6f8f94"/>
      <path d="M250 452 C244 530 248 590 254 630" stroke="#fff" stroke-width="15" stroke-linecap="round" opacity=".4" fill="none" filter="url(#blur3)"/>`,
  })
}

/** Two linen towels, folded and stacked, the upper one striped. */
export function drawTowel(): string {
  const fold = (y: number, color: string, stripe: string, id: string) => {
    const stripes = [0, 1, 2].map(
      (i) =>
        `<path d="M${470 + i * 34} ${y + 4} V${y + 74}" stroke="${stripe}" stroke-width="${i === 1 ? 16 : 7}" opacity=".85"/>`,
    )
    const layers = [22, 42, 60].map(
      (dy) =>
        `<path d="M190 ${y + dy} Q400 ${y + dy + 8} 612 ${y + dy}" stroke="${darker(color, 0.3)}" stroke-width="3" fill="none" opacity=".5"/>`,
    )
    return `<clipPath id="clip${id}"><path d="M186 ${y + 6} Q168 ${y + 40} 188 ${y + 76} Q400 ${y + 88} 610 ${y + 76} Q626 ${y + 40} 612 ${y + 6} Q400 ${y - 6} 186 ${y + 6} Z"/></clipPath>
      <g clip-path="url(#clip${id})"><rect x="160" y="${y - 10}" width="480" height="110" fill="url(#${id})"/>${stripes.join('')}${layers.join('')}<rect x="160" y="${y + 52}" width="480" height="40" fill="#2b1a2e" opacity=".1"/></g>`
  }
  const next = dice(77)
  const sprig = Array.from({ length: 20 }, (_, i) => {
    const at = i / 20
    return leaf(236 + at * 330, 424 - at * 22 + next() * 4, 38, 10, i % 2 ? 30 : 122, '#8a9c7a')
  })
  return drawScene({
    wall: '#d8d3e4',
    table: '#b29684',
    back: 'sun',
    defs: flat('oat', '#e6d6bb', 0.14) + flat('blue', '#7f9dbb', 0.14) + flat('rust', '#c9826a', 0.14),
    things: `${shadow(400, 664, 222)}${fold(586, '#c9826a', '#f7ecd9', 'rust')}${fold(508, '#7f9dbb', '#f7ecd9', 'blue')}
      <rect x="196" y="506" width="410" height="14" fill="#2b1a2e" opacity=".2" filter="url(#blur8)"/>${fold(430, '#e6d6bb', '#b8574a', 'oat')}
      <path d="M226 426 L584 400" stroke="#7a8a66" stroke-width="5" stroke-linecap="round"/>${sprig.join('')}
      <path d="M330 420 Q336 540 330 672 L352 673 Q358 540 352 419 Z" fill="#b8906a"/><path d="M334 420 Q340 540 334 672" stroke="#fff" stroke-width="3" opacity=".4" fill="none"/>
      <path d="M341 424 C300 380 276 412 330 430 C290 470 320 480 341 438 C362 480 396 466 352 430 C404 412 384 376 341 424 Z" fill="#c79f78" stroke="#8d6a49" stroke-width="2"/>`,
  })
}

export function drawKettle(): string {
  const steel = '#3f4a52'
  return drawScene({
    wall: '#f0cfae',
    table: '#b98562',
    back: 'sun',
    defs:
      round('body', steel) + flat('spout', steel, 0.3) + round('knob', '#b9814e') + flat('wood', '#b9814e'),
    things: `${shadow(400, 664, 168)}
      <path d="M520 600 C600 590 596 470 606 400 C614 330 640 296 692 292 L694 312 C656 318 640 348 634 410 C624 510 620 630 520 640 Z" fill="url(#spout)"/><path d="M528 604 C606 592 602 476 612 404 C620 336 646 302 690 299" stroke="#fff" stroke-width="4" fill="none" opacity=".35"/>
      <path d="M316 408 C140 330 112 450 150 580" fill="none" stroke="${darker(steel, 0.3)}" stroke-width="30" stroke-linecap="round"/><path d="M140 440 C134 490 140 540 150 582" fill="none" stroke="#b9814e" stroke-width="34" stroke-linecap="round"/><path d="M132 446 C128 490 134 536 142 574" fill="none" stroke="#e2b681" stroke-width="7" stroke-linecap="round" opacity=".8"/>
      <path d="M292 372 C262 440 236 560 240 632 Q242 664 290 668 Q400 680 510 668 Q558 664 560 632 C564 560 538 440 508 372 Z" fill="url(#body)"/>
      <path d="M242 626 Q400 660 558 626 L559 640 Q400 676 241 640 Z" fill="#b9814e" opacity=".9"/>
      <path d="M286 372 Q400 344 514 372 Q514 392 400 394 Q286 392 286 372 Z" fill="${lighter(steel, 0.18)}"/><ellipse cx="400" cy="366" rx="86" ry="17" fill="${darker(steel, 0.3)}"/>
      <path d="M316 364 Q400 316 484 364 Q400 382 316 364 Z" fill="url(#body)"/><rect x="388" y="320" width="24" height="24" rx="6" fill="${darker(steel, 0.3)}"/><ellipse cx="400" cy="312" rx="32" ry="20" fill="url(#knob)"/><ellipse cx="390" cy="305" rx="11" ry="6" fill="#fff" opacity=".5"/>
      <path d="M310 420 C286 490 274 560 276 612" stroke="#fff" stroke-width="16" stroke-linecap="round" opacity=".3" fill="none" filter="url(#blur3)"/>
      <g opacity=".55" filter="url(#blur8)" stroke="#fff" stroke-linecap="round" fill="none"><path d="M700 284 c22 -40 -16 -62 8 -104" stroke-width="12"/><path d="M722 288 c30 -34 0 -60 20 -88" stroke-width="9"/></g>`,
  })
}
