import { useLayoutEffect, useRef } from 'preact/hooks'
import './text-box.css'

interface TextBoxProps {
  value: string
  onWrite: (value: string) => void
  onSend: () => void
  onPhoto: (file: File) => void
}

const highest = 160

/** Grows with what is written. Enter sends, Shift+Enter begins a new line. */
export function TextBox({ value, onWrite, onSend, onPhoto }: TextBoxProps) {
  const box = useRef<HTMLTextAreaElement>(null)

  useLayoutEffect(() => {
    if (!box.current) return
    box.current.style.height = 'auto'
    box.current.style.height = `${Math.min(box.current.scrollHeight, highest)}px`
  }, [value])

  return (
    <textarea
      ref={box}
      class="text-box"
      rows={1}
      placeholder="Message"
      aria-label="Message"
      value={value}
      onInput={(event) => onWrite(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
        event.preventDefault()
        onSend()
      }}
      onPaste={(event) => {
        const picture = [...(event.clipboardData?.files ?? [])].find((file) => file.type.startsWith('image/'))
        if (!picture) return
        event.preventDefault()
        onPhoto(picture)
      }}
    />
  )
}
