/** Why a backup was made: at its time, because an owner asked, or before the schema changed to that number. */
export type Reason = 'scheduled' | 'asked' | `before-schema-${number}`

export interface BackupName {
  name: string
  /** When the shop was as the backup has it, ms since 1970. */
  at: number
  reason: Reason
  sealed: boolean
}

/** What all names of backups begin with, in a folder or bucket. */
export const BACKUP_PREFIX = 'littleshop-'
/** What is encrypted ends so, as the files of age do. */
export const SEALED = '.age'

const NAME =
  /^littleshop-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z-(scheduled|asked|before-schema-\d+)\.backup(\.age)?$/

/** The name says what a list has to know, so that none has to open the files: littleshop-20261129T113000Z-asked.backup */
export function nameBackup({ at, reason, sealed }: Omit<BackupName, 'name'>): string {
  const moment = `${new Date(at).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`
  return `${BACKUP_PREFIX}${moment}-${reason}.backup${sealed ? SEALED : ''}`
}

/** Undefined for a file that is no backup. */
export function readBackupName(name: string): BackupName | undefined {
  const match = NAME.exec(name)
  if (!match) return undefined
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [number, ...number[]]
  const at = Date.UTC(year, (month ?? 1) - 1, day, hour, minute, second)
  return { name, at, reason: match[7] as Reason, sealed: match[8] !== undefined }
}
