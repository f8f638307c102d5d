import { useEffect, useState } from 'preact/hooks'
import { haptic } from '../telegram/telegram.ts'
import { Icon } from './icon.tsx'

const SHOWN_MS = 1500

/** Puts `text` on the clipboard, and says so in its own place. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [copied])

  async function copy(): Promise<void> {
    await copyText(text)
    haptic('light')
    setCopied(true)
  }

  return (
    <button type="button" class="icon-button" aria-label={label} title={label} onClick={() => void copy()}>
      <Icon name={copied ? 'check' : 'copy'} />
      <span class="unseen" role="status">
        {copied ? 'Copied' : ''}
      </span>
    </button>
  )
}

async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
  } catch {
    // Frames without the clipboard permission, as in Telegram's web client, still let a selection be copied.
    const field = document.createElement('textarea')
    field.value = text
    ;(document.querySelector('dialog[open]') ?? document.body).append(field)
    field.select()
    document.execCommand('copy')
    field.remove()
  }
}
