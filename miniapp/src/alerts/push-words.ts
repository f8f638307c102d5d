import type { IconName } from '../parts/icon.tsx'
import type { PushState } from './push-state.ts'

interface PushWords {
  icon: IconName
  look: 'good' | 'open' | 'bad'
  title: string
  words: string
}

/** How alerts stand in this browser, in one sentence. */
export const PUSH_WORDS: Record<PushState, PushWords> = {
  on: {
    icon: 'check',
    look: 'good',
    title: 'Alerts are on',
    words: 'This device rings for you, also while the panel is closed.',
  },
  ask: {
    icon: 'bell',
    look: 'open',
    title: 'Alerts are off on this device',
    words: 'Turn them on and it rings for new orders, also while the panel is closed.',
  },
  ended: {
    icon: 'alert',
    look: 'bad',
    title: 'Alerts have stopped here',
    words: 'They were on, but this browser is no longer subscribed.',
  },
  failed: {
    icon: 'alert',
    look: 'bad',
    title: 'Alerts could not be turned on',
    words: 'Nothing else is affected: bot messages still reach you.',
  },
  blocked: {
    icon: 'blocked',
    look: 'bad',
    title: 'Alerts are blocked on this device',
    words: 'Somebody chose “Block” when the browser asked. Only you can change that:',
  },
  install: {
    icon: 'device',
    look: 'open',
    title: 'Put the panel on your home screen',
    words: 'On an iPhone or iPad, alerts reach only a panel that is opened from there.',
  },
  unsupported: {
    icon: 'blocked',
    look: 'open',
    title: 'This browser has no alerts',
    words: 'Bot messages reach you all the same. For alerts use a current Chrome, Edge, Firefox or Safari.',
  },
  telegram: {
    icon: 'send',
    look: 'good',
    title: 'Alerts come as bot messages here',
    words:
      'Telegram shows no push. Open the panel in your browser (on an iPhone, in Safari) to get that, too.',
  },
  off: {
    icon: 'send',
    look: 'open',
    title: 'Push is not set up for this shop',
    words: 'Bot messages reach you all the same. Whoever runs the server can set push up: npm run setup.',
  },
}
