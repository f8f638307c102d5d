import type { BucketStore } from './bucket-store.ts'
import { listBackups } from './store.ts'

const WITHIN_MS = 5_000

/** The backups in a bucket, or why they cannot be listed. One that does not answer in time keeps nobody waiting. */
export async function listWithin(
  bucket: BucketStore,
): Promise<Awaited<ReturnType<typeof listBackups>> | Error> {
  const timer = Promise.withResolvers<Error>()
  const late = setTimeout(() => timer.resolve(new Error('the bucket does not answer')), WITHIN_MS)
  try {
    return await Promise.race([listBackups(bucket).catch((error: Error) => error), timer.promise])
  } finally {
    clearTimeout(late)
  }
}
