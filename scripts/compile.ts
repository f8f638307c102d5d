import { globSync } from 'node:fs'
import { join } from 'node:path'

// Has Node compile all of the shop, and the files named besides; what it compiled it keeps in NODE_COMPILE_CACHE.

const src = join(import.meta.dirname, '..', 'src')
const own = globSync('**/*.ts', { cwd: src }).filter((file) => !file.endsWith('.test.ts'))
for (const file of [...own.map((name) => join(src, name)), ...process.argv.slice(2)]) await import(file)
