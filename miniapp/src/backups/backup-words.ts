import type { ShownBackups } from '../../../src/http/contract/backups.ts'
import type { State } from '../money/ledger-words.ts'

type Backup = ShownBackups['backups'][number]

const REASONS: Record<string, string> = { scheduled: 'Scheduled', asked: 'Asked for' }

/** How it stands with backups: a colour, an icon and a word. */
export function verdictOf({ backups, failure, bucket }: ShownBackups): State {
  if (failure) return { tone: 'bad', icon: 'alert', word: 'The last one failed' }
  if (bucket?.trouble) return { tone: 'bad', icon: 'alert', word: 'The bucket does not answer' }
  if (backups.length === 0) return { tone: 'waits', icon: 'clock', word: 'None yet' }
  return { tone: 'good', icon: 'check', word: 'Backed up' }
}

/** What is set, in one sentence. */
export function planWords({ everyHours, keepDays, bucket, sealed }: ShownBackups): string {
  const often =
    everyHours === 1 ? 'Every hour' : everyHours > 0 ? `Every ${everyHours} hours` : 'Only when asked for'
  const where = bucket ? `on this machine and in the bucket ${bucket.name}` : 'on this machine only'
  return `${often}, ${where}, kept for ${keepDays} days${sealed ? ', encrypted' : ''}.`
}

/** What the owner had better change; undefined when all is well. */
export function adviceOf({ bucket, sealed }: ShownBackups): string | undefined {
  if (!bucket)
    return 'If this machine is lost, so are they. Set up a bucket (S3_ENDPOINT) for copies elsewhere.'
  if (!sealed)
    return 'Whoever can read the bucket can read everything in it. Set BACKUP_KEY to encrypt new ones.'
  return undefined
}

/** Why it was made, and where it lies. */
export function aboutBackup({ reason, places }: Pick<Backup, 'reason' | 'places'>): string {
  const why = REASONS[reason] ?? 'Before an update'
  const where = places.map((place) => (place === 'bucket' ? 'bucket' : 'machine')).join(' and ')
  return `${why} · ${where}`
}
