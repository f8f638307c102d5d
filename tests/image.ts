import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'

export const ROOT = join(import.meta.dirname, '..')

export interface Instruction {
  name: string
  text: string
}

/** The stages of the Dockerfile, each a list of instructions. */
export function readStages(): Instruction[][] {
  const lines = readFileSync(join(ROOT, 'Dockerfile'), 'utf8')
    .replaceAll(/^#.*\n/gm, '')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .filter(Boolean)
  const all = lines.map((line) => {
    const [name = '', ...words] = line.split(' ')
    return { name, text: words.join(' ') }
  })
  const starts = all.flatMap(({ name }, at) => (name === 'FROM' ? [at] : []))
  return starts.map((start, i) => all.slice(start, starts[i + 1]))
}

/** The last stage: what runs. */
export function finalStage(): Instruction[] {
  return readStages().at(-1) ?? []
}

/** The one instruction of this name in the last stage. */
export function finalInstruction(name: string): string {
  const found = finalStage().filter((instruction) => instruction.name === name)
  if (found.length !== 1) throw new Error(`${found.length} × ${name} in the last stage of the Dockerfile`)
  return found[0]?.text ?? ''
}

/** What comes into the image, as a path here and one there. */
export function copiedIntoImage(): { from: string; to: string }[] {
  return finalStage()
    .filter(({ name }) => name === 'COPY')
    .flatMap(({ text }) => {
      const [, ...words] = text.split(' ')
      const target = words.pop() ?? ''
      return words.map((source) => {
        const from = source.replace(/^\/shop\//, '')
        return { from, to: target.endsWith('/') ? join(target, basename(from)) : target }
      })
    })
}

/** Makes a folder that holds what the image holds in /shop: the same files, and production's packages only. */
export function layOutImage(folder: string): void {
  for (const { from, to } of copiedIntoImage()) {
    if (from === 'node_modules') linkPackages(join(folder, to))
    else cpSync(join(ROOT, from), join(folder, to), { recursive: true, filter: isInContext })
  }
}

/** .dockerignore leaves tests out. */
function isInContext(path: string): boolean {
  return !/\.test\.tsx?$/.test(path)
}

function linkPackages(target: string): void {
  const args = ['ls', '--omit=dev', '--all', '--parseable']
  const listed = execFileSync('npm', args, { cwd: ROOT, encoding: 'utf8' })
  const modules = join(ROOT, 'node_modules')
  for (const path of listed.split('\n')) {
    const name = relative(modules, path)
    if (
      name.startsWith('..') ||
      name === '' ||
      name.includes('node_modules') ||
      name.startsWith('node-linux-')
    )
      continue
    mkdirSync(dirname(join(target, name)), { recursive: true })
    if (!existsSync(join(target, name))) symlinkSync(path, join(target, name))
  }
}
