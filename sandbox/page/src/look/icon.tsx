import './icon.css'

/** Drawn for this page on a 24-px grid, strokes only. */
const PATHS = {
  attach:
    'm20 11.5-8.200 8.200a5.200 5.200 0 0 1-7.400-7.400l8.500-8.500a3.500 3.500 0 0 1 5 5l-8.400 8.400a1.700 1.700 0 0 1-2.500-2.400l7.600-7.600',
  send: 'M4 12 3.500 4.500 21 12 3.500 19.500 4 12ZM4 12h8',
  more: 'M12 5h.01M12 12h.01M12 19h.01',
  back: 'm14 6-6 6 6 6',
  close: 'm6 6 12 12M18 6 6 18',
  down: 'm6 10 6 6 6-6',
  menu: 'M4 7h16M4 12h16M4 17h16',
  keys: 'M3 6h18v12H3ZM7 10h.01M12 10h.01M17 10h.01M8 14h8',
  photo: 'M4 5h16v14H4ZM4 16l4.500-4.500 4 4 2.500-2.500 5 5M15.500 9.500h.01',
  file: 'M6 3h8l4 4v14H6ZM14 3v4h4',
  pin: 'M12 21s7-6.200 7-11.500a7 7 0 0 0-14 0C5 14.800 12 21 12 21ZM12 7a2.500 2.500 0 1 0 0 5 2.500 2.500 0 0 0 0-5Z',
  person:
    'M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM4.500 20.500c.8-4 3.600-5.500 7.500-5.500s6.700 1.500 7.500 5.500',
  plus: 'M12 5v14M5 12h14',
  sun: 'M12 3v2M12 19v2M3 12h2M19 12h2M5.600 5.600 7 7M17 17l1.400 1.400M5.600 18.400 7 17M17 7l1.400-1.400M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8Z',
  moon: 'M19.500 14.500A8 8 0 0 1 9.500 4.500a8 8 0 1 0 10 10Z',
  bolt: 'M13 3 5 13.500h6L10.500 21 19 10.500h-6Z',
  link: 'M9 6h9v9M18 6 7 17',
  app: 'M4 5h16v14H4ZM4 9.500h16',
  copy: 'M9 9h11v11H9ZM5 15H4V4h11v1',
  bell: 'M6 16.500V11a6 6 0 0 1 12 0v5.500l1.500 1.500h-15ZM10 20.800h4',
  mail: 'M3 6h18v12H3ZM3.500 6.500 12 13.500l8.500-7',
  card: 'M3 6h18v12H3ZM3 10h18M6.500 14.500h4',
  check: 'm5 12.500 4.500 4.500L19 7.500',
  checks: 'm1.500 12.500 4.500 4.500L15.500 7.500M12 16.500l.5.500L22 7.500',
  clock: 'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16ZM12 8v4.500l3 1.500',
  blocked: 'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16ZM6.500 6.500l11 11',
  reload: 'M19 12a7 7 0 1 1-2-5l2 2M19 4v5h-5',
  grow: 'M14 4h6v6M20 4l-7 7M10 20H4v-6M4 20l7-7',
  alert: 'M12 4 2.500 20h19ZM12 10v4.500M12 17.300h.01',
  smile: 'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16ZM9 10h.01M15 10h.01M8.500 14a4.500 4.500 0 0 0 7 0',
} as const

export type IconName = keyof typeof PATHS

/** A picture beside words; it says nothing of its own to a screen reader. */
export function Icon({ name, size = 24 }: { name: IconName; size?: 12 | 16 | 24 }) {
  return (
    <svg class={`icon icon-${size}`} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  )
}
