import type { Reader } from '../../db/database.ts'
import { saveSetting } from '../../db/settings.ts'
import { ShopError } from '../../lib/shop-error.ts'
import { LOW_STOCK_SETTING, MOST_LOW_STOCK, readLowStock } from '../catalogue/watch-stock.ts'
import {
  ESCALATION_SETTING,
  type EscalationSteps,
  readEscalationSteps,
} from '../escalation/escalation-steps.ts'
import { replanEscalations } from '../escalation/replan-escalations.ts'
import { recordEvent } from '../record-event.ts'
import type { Actor, Work } from '../work.ts'
import { requireOwner } from './require-owner.ts'

const MOST_STEPS = 10
const MOST_MINUTES = 24 * 60

/** When staff are reminded: of orders nobody accepts, and of stock that runs low. */
export interface ReminderSettings {
  escalation: EscalationSteps
  lowStock: number
}

export function readReminderSettings(db: Reader): ReminderSettings {
  return { escalation: readEscalationSteps(db), lowStock: readLowStock(db) }
}

/** Stores the settings; orders that wait already follow them from now on. Throws a ShopError: forbidden or invalid. */
export function saveReminderSettings(work: Work, settings: ReminderSettings, actor: Actor): void {
  requireOwner(actor)
  checkSteps(settings.escalation)
  if (!isWithin(settings.lowStock, 0, MOST_LOW_STOCK))
    throw invalid('lowStock', `Choose a number of pieces up to ${MOST_LOW_STOCK}.`)
  saveSetting(work.tx, ESCALATION_SETTING, JSON.stringify(settings.escalation))
  saveSetting(work.tx, LOW_STOCK_SETTING, String(settings.lowStock))
  replanEscalations(work)
  recordEvent(work, { type: 'settings_changed', orderId: null, actor })
}

function checkSteps({ steps, everyMinutes }: EscalationSteps): void {
  if (steps.length === 0 || steps.length > MOST_STEPS)
    throw invalid('steps', `Keep between one and ${MOST_STEPS} reminders.`)
  steps.forEach(({ minutes }, i) => {
    if (!isWithin(minutes, 1, MOST_MINUTES))
      throw invalid(`steps.${i}`, 'Choose between one minute and a day.')
    if (i > 0 && minutes <= (steps[i - 1]?.minutes ?? 0))
      throw invalid(`steps.${i}`, 'Each reminder must come later than the one before.')
  })
  if (!isWithin(everyMinutes, 1, MOST_MINUTES))
    throw invalid('everyMinutes', 'Choose between one minute and a day.')
}

function isWithin(count: number, least: number, most: number): boolean {
  return Number.isInteger(count) && count >= least && count <= most
}

function invalid(field: string, message: string): ShopError {
  return new ShopError('invalid', message, { field })
}
