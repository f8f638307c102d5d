import { useSignal } from '@preact/signals'
import { Icon } from '../look/icon.tsx'
import { CallLog } from './call-log.tsx'
import './drawer.css'
import { drawerOpen } from './faults.ts'
import { FaultsTab } from './faults-tab.tsx'

/** Beside the phone, or over it on a small screen: what goes wrong on purpose, and what the bot calls. */
export function Drawer() {
  const tab = useSignal<'faults' | 'calls'>('faults')
  return (
    <aside
      class="drawer"
      aria-label="Faults and calls"
      onKeyDown={(event) => {
        if (event.key === 'Escape') drawerOpen.value = false
      }}
    >
      <header class="drawer-head">
        <div class="drawer-tabs" role="tablist">
          <Tab name="Faults" selected={tab.value === 'faults'} onPick={() => (tab.value = 'faults')} />
          <Tab name="Calls" selected={tab.value === 'calls'} onPick={() => (tab.value = 'calls')} />
        </div>
        <button
          type="button"
          class="icon-button"
          aria-label="Close"
          onClick={() => (drawerOpen.value = false)}
        >
          <Icon name="close" />
        </button>
      </header>
      <div class="drawer-body" role="tabpanel">
        {tab.value === 'faults' ? <FaultsTab /> : <CallLog />}
      </div>
    </aside>
  )
}

interface TabProps {
  name: string
  selected: boolean
  onPick: () => void
}

function Tab({ name, selected, onPick }: TabProps) {
  return (
    <button type="button" role="tab" aria-selected={selected} onClick={onPick}>
      {name}
    </button>
  )
}
