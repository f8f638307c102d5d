import sharp from 'sharp'
import { escapeHtml } from '../../../src/lib/texts.ts'

const FONT = 'font-family="sans-serif"'

/** What a customer photographs of their bank's page: who paid what to whom. A JPEG. */
export function drawBankReceipt(lines: [name: string, value: string][]): Promise<Buffer> {
  const rows = lines.map(
    ([name, value], i) =>
      `<g transform="translate(60 ${270 + i * 120})"><text ${FONT} font-size="24" fill="#667">${escapeHtml(name)}</text><text y="42" ${FONT} font-size="34" fill="#123">${escapeHtml(value)}</text><path d="M0 72 H600" stroke="#dde3ea" stroke-width="2"/></g>`,
  )
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="720" height="1080"><rect width="720" height="1080" fill="#fff"/><rect width="720" height="180" fill="#0b5c8a"/><text x="60" y="80" ${FONT} font-size="28" fill="#cfe6f4">Banco do Rio</text><text x="60" y="132" ${FONT} font-size="42" fill="#fff">Transfer sent</text>${rows.join('')}</svg>`
  return sharp(Buffer.from(svg)).jpeg({ quality: 86 }).toBuffer()
}
