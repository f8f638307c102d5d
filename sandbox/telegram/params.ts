import { badRequest } from './refusal.ts'

/** A file that came with a multipart request. */
export interface Upload {
  name: string
  mime: string
  bytes: Buffer
}

/** What a caller sent with one API call, whichever of the four encodings it used. */
export class Params {
  readonly values: Readonly<Record<string, unknown>>
  readonly files: ReadonlyMap<string, Upload>

  constructor(values: Record<string, unknown> = {}, files: ReadonlyMap<string, Upload> = new Map()) {
    this.values = values
    this.files = files
  }

  has(name: string): boolean {
    return this.values[name] !== undefined && this.values[name] !== null
  }

  text(name: string): string | undefined {
    const value = this.values[name]
    if (typeof value === 'string') return value
    return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined
  }

  requiredText(name: string): string {
    const value = this.text(name)
    if (value === undefined) throw badRequest(`parameter "${name}" is required`)
    return value
  }

  /** Telegram reads whatever is not a number as 0; so do we, by leaving it out. */
  integer(name: string): number | undefined {
    const value = Number(this.values[name] ?? Number.NaN)
    return Number.isInteger(value) ? value : undefined
  }

  flag(name: string): boolean {
    const value = this.values[name]
    return value === true || value === 1 || value === 'true' || value === 'True' || value === '1'
  }

  /** A nested object or list: native in a JSON body, serialised in the other encodings. */
  json(name: string): unknown {
    const value = this.values[name]
    if (typeof value !== 'string') return value ?? undefined
    if (value === '') return undefined
    try {
      return JSON.parse(value)
    } catch {
      throw badRequest(`can't parse ${name} JSON object`)
    }
  }

  /** The same call with some values exchanged, for methods that are several others in a row. */
  with(values: Record<string, unknown>): Params {
    return new Params({ ...this.values, ...values }, this.files)
  }
}
