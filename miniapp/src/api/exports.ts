import type { ExportQuery } from '../../../src/http/contract/export.ts'
import { sendBlob } from './http.ts'
import { withSession } from './request.ts'

/** A file of many orders takes its time over a phone. */
const WITHIN_MS = 300_000

/** Orders as a CSV file. It is fetched in the person's name, as an address alone would open nothing. */
export function fetchOrderFile({ from, to, lines }: ExportQuery): Promise<Blob> {
  const params = new URLSearchParams({ from: String(from), to: String(to), lines })
  return withSession((token) => sendBlob(`/exports/orders?${params}`, { token, timeoutMs: WITHIN_MS }))
}
