import { accessSync, constants, existsSync, readdirSync, statfsSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { readBackupName } from '../../src/backup/backup-name.ts'
import type { BackupSettings } from '../../src/backup/settings.ts'
import { inspectFile } from '../../src/db/inspect-file.ts'
import { type Finding, note } from './finding.ts'
import { type FolderState, judgeBackups, judgeFile, judgeFolder, judgeSpace } from './judge.ts'

/** What lies in the root of a disk, and belongs to root. */
const DISKS_OWN = 'lost+found'

/** What the settings say of it, if they can be read. */
export interface DataSettings {
  backup?: BackupSettings
  currency?: string
}

/** Looks at the folder with the shop's data, whoever is using it. */
export function checkData(dataDir: string, { backup, currency }: DataSettings): Finding[] {
  const folder = resolve(dataDir)
  if (!existsSync(folder)) return [note(`data: ${folder} is not there yet; the first start makes it`)]
  const file = join(folder, 'shop.db')
  const findings = [...judgeFolder(readFolder(folder)), ...checkSpace(file, backup?.folder)]
  if (!existsSync(file)) return [...findings, note('database: none yet; the first start makes it')]
  return [...findings, ...judgeFile(inspectFile(file), currency), ...(backup ? [checkBackups(backup)] : [])]
}

function readFolder(folder: string): FolderState {
  // A running shop makes and removes files of the moment.
  const own = ['', ...readdirSync(folder)]
    .filter((name) => name !== DISKS_OWN)
    .map((name) => join(folder, name))
    .filter((path) => existsSync(path))
  const { uid, dev } = statSync(folder)
  return {
    folder,
    closed: own.find((path) => !isWritable(path)),
    foreign: own.find((path) => statSync(path).uid !== uid),
    // On Fly the machine's own disk is made anew with each deploy.
    isLost: process.env.FLY_APP_NAME !== undefined && dev === statSync('/').dev,
  }
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK)
    return true
  } catch {
    return false
  }
}

function checkSpace(file: string, backups: string | undefined): Finding[] {
  const sizeOf = (path: string) => statSync(path, { throwIfNoEntry: false })?.size ?? 0
  const size = sizeOf(file) + sizeOf(`${file}-wal`)
  const [here, there] = [nearest(file), nearest(backups ?? file)]
  const findings = [judgeSpace({ disk: 'disk', free: freeOn(here), file: size })]
  if (statSync(here).dev === statSync(there).dev) return findings
  return [...findings, judgeSpace({ disk: 'disk of BACKUP_DIR', free: freeOn(there), file: size })]
}

/** The path, or the first above it that is there. */
function nearest(path: string): string {
  return existsSync(path) ? path : nearest(dirname(resolve(path)))
}

function freeOn(path: string): number {
  const { bavail, bsize } = statfsSync(path)
  return bavail * bsize
}

function checkBackups({ folder, everyMs }: BackupSettings): Finding {
  const names = existsSync(folder) ? readdirSync(folder) : []
  const times = names.flatMap((name) => readBackupName(name)?.at ?? [])
  return judgeBackups({ place: 'backups:', times, everyMs }, Date.now())
}
