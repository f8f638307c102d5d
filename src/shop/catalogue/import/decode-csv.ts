import { ShopError } from '../../../lib/shop-error.ts'

const MAX_BYTES = 100_000_000

/** The file's text without its byte order mark. Throws a ShopError invalid for what cannot be a UTF-8 CSV. */
export function decodeCsv(bytes: Uint8Array): string {
  if (bytes.length > MAX_BYTES) throw refuse('It is larger than 100 MB. Please split it.')
  if (startsWith(bytes, [0x50, 0x4b, 3, 4]) || startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) {
    throw refuse('It is an Excel workbook. Save it as “CSV UTF-8” first.')
  }
  if (startsWith(bytes, [0xff, 0xfe]) || startsWith(bytes, [0xfe, 0xff])) {
    throw refuse('It is saved as UTF-16. Save it as “CSV UTF-8” first.')
  }
  if (bytes.includes(0)) throw refuse('It is not a text file.')
  const text = decodeUtf8(bytes)
  if (text.trim() === '') throw refuse('It is empty.')
  return text
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw refuse('Its letters are not UTF-8. Save it as “CSV UTF-8” first.')
  }
}

function startsWith(bytes: Uint8Array, signature: number[]): boolean {
  return signature.every((byte, i) => bytes[i] === byte)
}

function refuse(why: string): ShopError {
  return new ShopError('invalid', `This file cannot be read as a product export. ${why}`)
}
