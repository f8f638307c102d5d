import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** An empty folder on a real disk, for whoever removes it. */
export function newFolder(): string {
  return mkdtempSync(join(process.env.BENCH_DIR ?? tmpdir(), 'littleshop-bench-'))
}

/** Runs `fn` with an empty folder on a real disk, which is gone afterwards. Both sides of a comparison lie in it. */
export async function inFolder<T>(fn: (folder: string) => Promise<T>): Promise<T> {
  const folder = newFolder()
  try {
    return await fn(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
