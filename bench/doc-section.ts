import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const DOCS = join(import.meta.dirname, '..', 'docs')
const PAGE = join(DOCS, 'performance.md')

/** The comments between which a part of docs/performance.md is written by a program. */
export interface Marks {
  begin: string
  end: string
}

/** Puts this text between the marks, in place of that of last time. */
export function writeSection({ begin, end }: Marks, text: string): void {
  const page = readFileSync(PAGE, 'utf8')
  const [from, to] = [page.indexOf(begin), page.indexOf(end)]
  if (from < 0 || to < from) throw new Error(`docs/performance.md has no place between ${begin} and ${end}`)
  writeFileSync(PAGE, `${page.slice(0, from)}${begin}\n${text}\n${page.slice(to)}`)
}

/** Lays a picture beside the page. */
export function writePicture(name: string, svg: string): void {
  writeFileSync(join(DOCS, name), svg)
}
