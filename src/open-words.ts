import type { App } from './app.ts'
import type { Config } from './config.ts'

/** What somebody who has just started the shop at a terminal wants to know. */
export function openWords(
  { port, botName }: Pick<App, 'port' | 'botName'>,
  {
    publicUrl = `http://localhost:${port}`,
    telegramLinkRoot,
  }: Pick<Config, 'publicUrl' | 'telegramLinkRoot'>,
): string {
  return `
The shop is open.
  Bot:   @${botName} is listening. Send it /start: ${telegramLinkRoot}/${botName}
  Panel: ${publicUrl}/app
  Stop it with Ctrl+C.
`
}
