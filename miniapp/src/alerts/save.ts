import type { AlertsBody } from '../../../src/http/contract/alerts.ts'
import { sentenceOf } from '../api/request.ts'
import { say } from '../parts/snack.ts'
import { changeAlerts } from './alerts.ts'

/** Saves a change made on the spot; a refusal is said at the bottom edge. */
export function save(body: AlertsBody): void {
  changeAlerts(body).catch((error: unknown) => say(sentenceOf(error)))
}
