import { existsSync } from 'node:fs'
import { loadEnvFile } from 'node:process'
import { type App, startApp } from './app.ts'
import { readConfig } from './config.ts'
import { openWords } from './open-words.ts'

const STOP_WITHIN_MS = 10_000

/** Starts the shop from the environment (and ./.env), and stops it when the system asks. */
async function main(): Promise<void> {
  if (existsSync('.env')) loadEnvFile('.env')
  const config = readConfig(process.env)
  sayToPerson('LittleShop is starting …')
  const starting = startApp(config, { onFatal: fail })
  let isStopping = false
  function stop(): void {
    if (!isStopping) void shutDown(starting)
    isStopping = true
  }
  // Before it is open: who asks it to stop while it starts is heard, too. And for as long as it lives: where the shell is bash,
  // npm passes on what the system has told every process already, and a second signal nobody listens to ends it at once.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, stop)
  sayToPerson(openWords(await starting, config))
}

/** Whoever reads the log gets its lines and nothing else. */
function sayToPerson(words: string): void {
  if (process.stdout.isTTY) console.log(words)
}

async function shutDown(starting: Promise<App>): Promise<void> {
  setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref()
  const app = await starting
  await app.stop()
  process.exit(0)
}

/** Says what is wrong and ends the process: the platform starts it again, and nothing is half alive. */
function fail(error: unknown): void {
  console.error(error instanceof Error ? inWords(error) : error)
  process.exit(1)
}

function inWords({ message, cause }: Error): string {
  return cause instanceof Error ? `${message}\n${cause.message}` : message
}

// Imported, it opens nothing: that is how the image compiles it. Before 24.2 Node does not say which it is.
if (import.meta.main !== false) main().catch(fail)
