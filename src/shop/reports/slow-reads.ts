import { exportOrders } from '../orders/export-orders.ts'
import { lookInside } from '../payments/books/look-inside.ts'
import { sumDays } from '../payments/books/sum-days.ts'

/** What takes too long for the main thread once a shop has many orders. */
export const slowReads = { exportOrders, lookInside, sumDays }
