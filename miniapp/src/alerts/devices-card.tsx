import { useEffect, useRef, useState } from 'preact/hooks'
import type { Device } from '../../../src/http/contract/alerts.ts'
import { removeDevice } from '../api/alerts.ts'
import { sentenceOf } from '../api/request.ts'
import { IconButton } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { say } from '../parts/snack.ts'
import { Ago } from '../parts/when.tsx'
import { loadAlerts } from './alerts.ts'
import { switchOff } from './push.ts'

const UNDO_MS = 5000

/** The browsers that ring for this person. */
export function DevicesCard({ devices }: { devices: Device[] }) {
  if (devices.length === 0) return null
  return (
    <section class="section">
      <h2>Devices that ring</h2>
      <ul class="card">
        {devices.map((device) => (
          <DeviceLine key={device.id} device={device} />
        ))}
      </ul>
    </section>
  )
}

function DeviceLine({ device }: { device: Device }) {
  const [leaving, setLeaving] = useState(false)
  if (leaving) return <Leaving device={device} onKeep={() => setLeaving(false)} />
  return (
    <li class="line" data-device={device.id}>
      <Icon name={isComputer(device.name) ? 'computer' : 'device'} />
      <div class="line-words">
        <p class="strong wrap">{device.name}</p>
        <p class="small hint">
          {device.current && 'This device · '}
          <Seen device={device} />
        </p>
      </div>
      <IconButton icon="close" label={`Remove ${device.name}`} onPress={() => setLeaving(true)} />
    </li>
  )
}

function isComputer(name: string): boolean {
  return /laptop|desktop|computer|\b(?:Windows|Mac|MacBook|Linux|ChromeOS|PC)\b/i.test(name)
}

function Seen({ device: { seenAt, deliveredAt } }: { device: Device }) {
  return (
    <>
      seen <Ago at={seenAt} inSentence />
      {deliveredAt === null ? (
        ' · nothing sent yet'
      ) : (
        <>
          {' '}
          · last reached <Ago at={deliveredAt} inSentence />
        </>
      )}
    </>
  )
}

/** It goes when the seconds are over, or as soon as nobody looks any more: a lost phone must not stay by mistake. */
function Leaving({ device, onKeep }: { device: Device; onKeep: () => void }) {
  const decided = useRef(false)

  function decide(act: () => void): void {
    if (decided.current) return
    decided.current = true
    act()
  }

  useEffect(() => {
    const go = () => decide(() => void remove(device, onKeep))
    const timer = setTimeout(go, UNDO_MS)
    document.addEventListener('visibilitychange', go)
    return () => {
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', go)
      go()
    }
  }, [])

  return (
    <li class="line" data-device={device.id}>
      <Icon name="cancelled" />
      <span class="line-words hint wrap">
        {device.name} is removed{device.current ? '' : ' and signed out'}
      </span>
      <button type="button" class="quiet-button" onClick={() => decide(onKeep)}>
        <Icon name="undo" size={16} />
        Undo
      </button>
    </li>
  )
}

async function remove(device: Device, onKeep: () => void): Promise<void> {
  try {
    if (device.current) await switchOff()
    else {
      await removeDevice(device.id)
      await loadAlerts()
    }
  } catch (error) {
    onKeep()
    say(sentenceOf(error))
  }
}
