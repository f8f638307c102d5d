import { useState } from 'preact/hooks'
import { Icon } from '../parts/icon.tsx'
import { ExportSheet } from './export-sheet.tsx'

/** The way to the orders as a file. */
export function ExportLine() {
  const [open, setOpen] = useState(false)
  return (
    <>
      <button type="button" class="line" onClick={() => setOpen(true)}>
        <Icon name="download" />
        <span class="line-words">Export orders</span>
        <Icon name="next" />
      </button>
      {open && <ExportSheet onClose={() => setOpen(false)} />}
    </>
  )
}
