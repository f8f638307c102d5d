import type { Channel } from '../../../src/http/contract/notice.ts'
import type { IconName } from '../parts/icon.tsx'

export const CHANNEL_ICONS: Record<Channel, IconName> = { telegram: 'send', push: 'bell', mail: 'note' }
