import type { ChannelProof } from '../../../src/http/contract/notice-overview.ts'
import type { IconName } from '../parts/icon.tsx'

export interface Verdict {
  is: 'good' | 'bad' | 'none'
  word: string
  icon: IconName
}

/** How a channel does against what is promised. */
export function verdictOn({ configured, met, failingSince }: ChannelProof): Verdict {
  if (!configured) return { is: 'none', word: 'Off', icon: 'hidden' }
  if (failingSince !== null) return { is: 'bad', word: 'Not answering', icon: 'alert' }
  if (met.rate === false) return { is: 'bad', word: 'Below target', icon: 'alert' }
  if (met.p95 === false) return { is: 'bad', word: 'Too slow', icon: 'clock' }
  if (met.rate === null) return { is: 'none', word: 'Nothing yet', icon: 'more' }
  return { is: 'good', word: 'On target', icon: 'check' }
}
