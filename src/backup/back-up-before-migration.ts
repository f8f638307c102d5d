import { join } from 'node:path'
import { schemaChange } from '../db/migrate.ts'
import { runApart } from './run-apart.ts'
import type { BackupSettings } from './settings.ts'

/**
 * Backs the shop up if its schema is about to change; the bucket gets it later. Throws, so that nothing changes, when that
 * cannot be done.
 */
export async function backUpBeforeMigration(
  dataDir: string,
  { folder, key, keepDays }: BackupSettings,
  now: number,
): Promise<void> {
  const schema = schemaChange(join(dataDir, 'shop.db'))
  if (schema === undefined) return
  try {
    const reason = `before-schema-${schema}` as const
    await runApart({ dataDir, folder, key, keepDays, bucket: undefined, reason, now })
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(
      `The schema has to change, but the backup before it failed, so nothing was changed: ${reason}`,
      {
        cause: error,
      },
    )
  }
}
