import { existsSync, statSync } from 'node:fs'
import { loadEnvFile } from 'node:process'
import { type Config, ConfigError, readConfig } from '../src/config.ts'
import { checkData } from './doctor/check-data.ts'
import { checkNetwork } from './doctor/check-network.ts'
import { broken, type Finding, note, watch, well } from './doctor/finding.ts'
import { judgeNode } from './doctor/judge.ts'

// npm run doctor: looks at everything a shop needs, whether it runs or not, changes nothing, and says what to do.

const FILE = '.env'
/** Fly's machines have no file: theirs lies where the shop was set up. */
const MEND =
  process.env.FLY_APP_NAME === undefined
    ? `Set it in ${FILE}, or run npm run setup.`
    : `Set it in your ${FILE} and hand it to Fly again: docs/deploy.md, “Settings”.`

if (existsSync(FILE)) loadEnvFile(FILE)
process.exitCode = await examine()

/** Returns the exit code: 1 when something is broken. */
async function examine(): Promise<number> {
  const { config, findings } = checkSettings()
  const all = [judgeNode(process.versions.node), ...findings, ...lookAtData(config)]
  all.forEach(print)
  const asked = config ? await checkNetwork(config) : [note('network: looked at when the settings are right')]
  asked.forEach(print)
  return conclude([...all, ...asked])
}

function checkSettings(): { config?: Config; findings: Finding[] } {
  const findings = isOpenToOthers()
    ? [watch(`${FILE}: others on this machine can read it`, `chmod 600 ${FILE}`)]
    : []
  try {
    return { config: readConfig(process.env), findings: [well('settings: all can be read'), ...findings] }
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    const faults = error.faults.map((fault) => broken(`settings: ${fault}`, MEND))
    return { findings: [...faults, ...findings] }
  }
}

function isOpenToOthers(): boolean {
  const mode = statSync(FILE, { throwIfNoEntry: false })?.mode ?? 0
  return process.platform !== 'win32' && (mode & 0o044) !== 0
}

function lookAtData(config: Config | undefined): Finding[] {
  try {
    return checkData(config?.dataDir ?? (process.env.DATA_DIR?.trim() || './data'), config ?? {})
  } catch (error) {
    return [broken(`data: ${error instanceof Error ? error.message : error}`, 'Look at the folder by hand.')]
  }
}

function print({ mark, found, todo }: Finding): void {
  console.log(`${mark} ${found}${todo ? `\n    → ${todo}` : ''}`)
}

function conclude(findings: Finding[]): number {
  const count = (mark: Finding['mark']) => findings.filter((one) => one.mark === mark).length
  const [wrong, doubtful] = [count('✗'), count('⚠')]
  console.log(wrong + doubtful === 0 ? '\nAll is well.' : `\n${wrong} broken, ${doubtful} to watch.`)
  return wrong > 0 ? 1 : 0
}
