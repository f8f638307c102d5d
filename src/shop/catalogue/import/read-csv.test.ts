import { describe, expect, test } from 'vitest'
import { readCsv } from './read-csv.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

describe('readCsv', () => {
  test('gives rows the numbers a spreadsheet gives them, whatever is in the cells', () => {
    const table = readCsv(bytes('\ufeffHandle,Title,Vendor\r\na,"two\r\nlines",x\r\n\r\n,,\r\nb,B,y\r\n'))
    expect(table.rows).toEqual([
      { row: 2, cells: { handle: 'a', title: 'two\r\nlines' } },
      { row: 5, cells: { handle: 'b', title: 'B' } },
    ])
    expect(table.unusedColumns).toEqual(['Vendor'])
  })

  test('reads semicolons and tabs, and headings in any case', () => {
    for (const mark of [';', '\t']) {
      const table = readCsv(bytes(['URL HANDLE', 'title', 'Price\na', 'A', '12,50'].join(mark)))
      expect(table.rows[0]?.cells).toEqual({ handle: 'a', title: 'A', price: '12,50' })
    }
  })

  test('refuses a row that was cut off, and keeps the others', () => {
    const table = readCsv(bytes('Handle,Title,Price\na,A,1\nb,B\n'))
    expect(table.rows).toHaveLength(1)
    expect(table.refusals).toEqual([{ row: 3, handle: 'b', reason: 'has 2 cells under 3 headings' }])
  })

  test.each([
    ['nothing', bytes(''), 'It is empty.'],
    ['only blanks', bytes('\ufeff \n\n'), 'It is empty.'],
    ['only headings', bytes('Handle,Title\n'), 'It has headings, but no product under them.'],
    ['UTF-16', new Uint8Array([0xff, 0xfe, 0x48, 0]), 'It is saved as UTF-16.'],
    ['UTF-16 without a mark', bytes('H\0a\0n\0'), 'It is not a text file.'],
    ['a workbook', new Uint8Array([0x50, 0x4b, 3, 4, 0]), 'It is an Excel workbook.'],
    ['Latin-1', new Uint8Array([0x48, 0xe9, 0x2c]), 'Its letters are not UTF-8.'],
    ['an unclosed quote', bytes('Handle,Title\na,"A\nb,B\n'), 'A quotation mark is opened and never closed.'],
    [
      'a stray quote',
      bytes('Handle,Title\na,12" plate\n'),
      'There is a quotation mark in the wrong place near line 2.',
    ],
    [
      'other columns',
      bytes('Order,Customer\n1,Ana\n'),
      'It has no column “Handle” or “URL handle”. It begins with “Order”, “Customer”.',
    ],
    ['a column twice', bytes('Handle,Title,URL handle\na,A,b\n'), 'It has the column “Handle” twice.'],
  ])('says what is wrong with %s', (_name, content, why) => {
    expect(() => readCsv(content)).toThrow(`This file cannot be read as a product export. ${why}`)
  })
})
