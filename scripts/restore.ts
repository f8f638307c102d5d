import { existsSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { loadEnvFile } from 'node:process'
import { parseArgs } from 'node:util'
import { generateX25519Identity } from 'age-encryption'
import { openBucketStore } from '../src/backup/bucket-store.ts'
import { openFolderStore } from '../src/backup/folder-store.ts'
import { restoreBackup } from '../src/backup/restore-backup.ts'
import { type BackupSettings, readBackupSettings } from '../src/backup/settings.ts'
import { listBackups, type Store } from '../src/backup/store.ts'
import { HalfReplaced } from '../src/backup/swap-in.ts'
import { ShopError } from '../src/lib/shop-error.ts'
import { sizeInWords } from '../src/lib/size-in-words.ts'

const USAGE = `Usage: npm run restore -- FILE [--without-missing-files]
       npm run restore -- s3:NAME      a backup in the bucket
       npm run restore -- --list       the backups there are
       npm run restore -- --new-key    a new BACKUP_KEY

Puts a backup in the place of the shop in DATA_DIR. Everything is checked before anything is replaced; what was there
is kept aside. Stop the shop first. Pictures and receipts are taken from the folder "files" beside the backup.`

const S3 = 's3:'

if (existsSync('.env')) loadEnvFile('.env')
process.exitCode = await run(process.argv.slice(2))

/** Returns the exit code: 0 when it was done, 1 when not. */
async function run(args: string[]): Promise<number> {
  try {
    const { values, positionals } = readArgs(args)
    if (values['new-key']) console.log(await generateX25519Identity())
    else if (values.list) await list(readBackupSettings(process.env))
    else await restore(positionals, values['without-missing-files'])
    return 0
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error)
    const isPlain = words === USAGE || error instanceof HalfReplaced
    console.error(isPlain ? words : `${words}\nNothing was changed.`)
    return 1
  }
}

function readArgs(args: string[]) {
  const flag = { type: 'boolean', default: false } as const
  try {
    return parseArgs({
      args,
      options: { list: flag, 'new-key': flag, 'without-missing-files': flag },
      allowPositionals: true,
    })
  } catch {
    throw new ShopError('invalid', USAGE)
  }
}

async function restore([wanted, ...others]: string[], withoutMissingFiles: boolean): Promise<void> {
  if (!wanted || others.length > 0) throw new ShopError('invalid', USAGE)
  const settings = readBackupSettings(process.env)
  const { dataDir, key } = settings
  console.log(`Restoring into ${dataDir}.`)
  const say = (line: string) => console.log(line)
  const wish = { dataDir, key, withoutMissingFiles, say, now: Date.now() }
  await restoreBackup({ ...wish, ...find(wanted, settings) })
}

function find(wanted: string, settings: BackupSettings): { store: Store; name: string } {
  if (wanted.startsWith(S3)) return { store: bucketOf(settings), name: wanted.slice(S3.length) }
  const isPath = existsSync(wanted) || basename(wanted) !== wanted
  const folder = isPath ? dirname(wanted) : settings.folder
  return { store: openFolderStore(folder), name: basename(wanted) }
}

function bucketOf({ bucket }: BackupSettings): Store {
  if (!bucket)
    throw new ShopError('invalid', 'No bucket is set: S3_ENDPOINT and the settings that belong to it.')
  return openBucketStore(bucket)
}

async function list(settings: BackupSettings): Promise<void> {
  const here = await listBackups(openFolderStore(settings.folder))
  for (const { name, size } of here) console.log(`${name}  ${sizeInWords(size)}`)
  const there = settings.bucket ? await listBackups(bucketOf(settings)) : []
  for (const { name, size } of there) console.log(`${S3}${name}  ${sizeInWords(size)}`)
  if (here.length + there.length === 0) console.log(`There are no backups in ${settings.folder}.`)
}
