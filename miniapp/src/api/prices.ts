import type {
  DiscountCodeBody,
  DiscountCodes,
  TaxRateBody,
  TaxRates,
} from '../../../src/http/contract/money.ts'
import { request } from './request.ts'

export type DiscountCode = DiscountCodes['codes'][number]

export function fetchDiscounts(): Promise<DiscountCodes> {
  return request<DiscountCodes>('/discounts')
}

export function saveDiscount(code: DiscountCodeBody): Promise<DiscountCodes> {
  return request<DiscountCodes>('/discounts', { method: 'PUT', body: code })
}

export function fetchTaxRates(): Promise<TaxRates> {
  return request<TaxRates>('/tax-rates')
}

export function saveTaxRates(rates: TaxRateBody[]): Promise<TaxRates> {
  return request<TaxRates>('/tax-rates', { method: 'PUT', body: { rates } })
}
