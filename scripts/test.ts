import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

// Everything people and CI check, in one run: `npm test`. With --quick: without the fault and browser tests.

interface Tally {
  passed: number
  failed: number
}

const quick = process.argv.includes('--quick')

const CHECKS: [name: string, command: string, ...args: string[]][] = [
  ['types: server, sandbox, tests', 'tsc', '--noEmit', '-p', '.'],
  ['types: panel', 'tsc', '--noEmit', '-p', 'miniapp'],
  ['types: service worker', 'tsc', '--noEmit', '-p', 'miniapp/src/worker'],
  ['types: sandbox page', 'tsc', '--noEmit', '-p', 'sandbox/page'],
  ['format and lint', 'biome', 'check', '--error-on-warnings', '.'],
  ['floating promises', 'oxlint', '--type-aware', '--quiet', '.'],
  ['build', 'node', 'scripts/build.ts'],
]

const PROJECTS = quick ? ['unit', 'flows'] : ['unit', 'flows', 'faults', 'e2e']

function run(command: string, args: string[]): boolean {
  return spawnSync('npx', ['--no-install', command, ...args], { stdio: 'inherit' }).status === 0
}

function runCheck([name, command, ...args]: (typeof CHECKS)[number]): Tally {
  const passed = run(command, args)
  console.log(`${passed ? '✓' : '✗'} ${name}`)
  return passed ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
}

function runTests(): Tally {
  const folder = mkdtempSync(join(tmpdir(), 'littleshop-test-'))
  const report = join(folder, 'report.json')
  const projects = PROJECTS.flatMap((project) => ['--project', project])
  const ok = run('vitest', [
    'run',
    ...projects,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ])
  try {
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8'))
    // A file that cannot even be loaded fails no test, and must not pass.
    return { passed: numPassedTests, failed: Math.max(numFailedTests, ok ? 0 : 1) }
  } catch {
    return { passed: 0, failed: 1 }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const tallies = [...CHECKS.map(runCheck), runTests()]
const passed = tallies.reduce((sum, tally) => sum + tally.passed, 0)
const failed = tallies.reduce((sum, tally) => sum + tally.failed, 0)
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed > 0 ? 1 : 0)
