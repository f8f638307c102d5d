import { useState } from 'preact/hooks'
import { fetchOrderFile } from '../api/exports.ts'
import { sentenceOf } from '../api/request.ts'
import { DateField } from '../discounts/date-field.tsx'
import { Button } from '../parts/button.tsx'
import { bytes } from '../parts/bytes.ts'
import { Sheet } from '../parts/sheet.tsx'
import { timezone } from '../session/shop.ts'
import { Choice } from '../staff/choice.tsx'
import { haptic } from '../telegram/telegram.ts'
import { shopNow } from '../time/shop-clock.ts'
import { dayOf, endOfDay, startOfDay } from '../time/shop-days.ts'
import { handOver } from './hand-over.ts'

const LINES = [
  { value: 'orders', word: 'Orders', hint: 'A line for each order, with its totals, tax and payment' },
  { value: 'items', word: 'Items', hint: 'A line for each thing that was ordered' },
] as const

/** Orders of a period as a file: fetched first, and handed over with a press of its own, as phones demand. */
export function ExportSheet({ onClose }: { onClose: () => void }) {
  const today = dayOf(shopNow(), timezone())
  const [first, setFirst] = useState(`${today.slice(0, 8)}01`)
  const [last, setLast] = useState(today)
  const [lines, setLines] = useState<'orders' | 'items'>('orders')
  const [file, setFile] = useState<File>()
  const [fault, setFault] = useState<string>()
  const [busy, setBusy] = useState(false)

  function wish(change: () => void): void {
    change()
    setFile(undefined)
    setFault(undefined)
  }

  async function make(): Promise<void> {
    const [from, to] = [startOfDay(first, timezone()), endOfDay(last, timezone())]
    if (from === undefined || to === undefined) return setFault('Say from which day to which.')
    if (to <= from) return setFault('The last day must not be before the first.')
    setBusy(true)
    try {
      const blob = await fetchOrderFile({ from, to, lines })
      setFile(new File([blob], `${lines}-${first}-to-${last}.csv`, { type: 'text/csv' }))
      haptic('success')
    } catch (error) {
      haptic('error')
      setFault(sentenceOf(error))
    }
    setBusy(false)
  }

  return (
    <Sheet title="Export orders" onClose={onClose}>
      <Choice
        label="What a line is"
        options={[...LINES]}
        chosen={lines}
        disabled={busy}
        onChoose={(value) => wish(() => setLines(value))}
      />
      <DateField label="From the day" value={first} onInput={(value) => wish(() => setFirst(value))} />
      <DateField
        label="To the day"
        value={last}
        error={fault}
        onInput={(value) => wish(() => setLast(value))}
      />
      <p class="small hint">A CSV file, as every spreadsheet opens it.</p>
      {file ? (
        <Button kind="main" icon="download" onPress={() => void handOver(file)}>
          Save the file, {bytes(file.size)}
        </Button>
      ) : (
        <Button kind="main" busy={busy} onPress={() => void make()}>
          Export
        </Button>
      )}
    </Sheet>
  )
}
