import { existsSync } from 'node:fs'
import { loadEnvFile } from 'node:process'
import { type App, startApp } from './app.ts'
import { readConfig } from './config.ts'

const STOP_WITHIN_MS = 10_000

/** Starts the shop from the environment (and ./.env), and stops it when the system asks. */
async function main(): Promise<void> {
  if (existsSync('.env')) loadEnvFile('.env')
  const app = await startApp(readConfig(process.env), { onFatal: fail })
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void shutDown(app))
}

async function shutDown(app: App): Promise<void> {
  setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref()
  await app.stop()
  process.exit(0)
}

/** Says what is wrong and ends the process: the platform starts it again, and nothing is half alive. */
function fail(error: unknown): void {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}

main().catch(fail)
