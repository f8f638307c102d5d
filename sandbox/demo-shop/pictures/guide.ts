import { flat, leaf, shadow } from './paint.ts'
import { drawScene } from './scene.ts'

/** A thin book with a loaf on its cover. */
export function drawGuide(): string {
  return drawScene({
    wall: '#d9c8ad',
    table: '#9b7653',
    back: 'sun',
    defs: `${flat('cover', '#2f5d57', 0.12)}${flat('crust', '#c98a4b', 0.3)}`,
    things: `${shadow(404, 668, 170)}
      <path d="M252 196 H566 Q580 196 580 210 V664 Q580 676 566 676 H252 Z" fill="#efe6d3"/><path d="M566 206 V668 M572 206 V666" stroke="#c9bda3" stroke-width="2"/>
      <path d="M240 188 H546 Q560 188 560 202 V658 Q560 672 546 672 H240 Z" fill="url(#cover)"/><path d="M240 188 H264 V672 H240 Z" fill="#1e3f3b" opacity=".55"/>
      <rect x="292" y="226" width="240" height="12" rx="6" fill="#f3e7cf"/><rect x="328" y="252" width="168" height="8" rx="4" fill="#f3e7cf" opacity=".7"/>
      <path d="M300 520 C292 420 350 346 412 346 C474 346 532 420 524 520 Q520 548 488 552 H336 Q304 548 300 520 Z" fill="url(#crust)"/>
      <path d="M300 520 C292 420 350 346 412 346 C474 346 532 420 524 520" fill="none" stroke="#fff3d8" stroke-width="5" opacity=".45"/>
      <path d="M412 374 V520 M360 412 Q394 418 408 446 M464 412 Q430 418 416 446 M344 468 Q386 470 408 498 M480 468 Q438 470 416 498" stroke="#fbe9c6" stroke-width="9" stroke-linecap="round" fill="none"/>
      <rect x="340" y="596" width="144" height="10" rx="5" fill="#f3e7cf" opacity=".8"/>
      ${leaf(190, 706, 92, 20, 64, '#b99a5b')}${leaf(612, 716, 88, 18, -58, '#c7a968')}`,
  })
}
