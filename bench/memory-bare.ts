import { serve } from '@hono/node-server'
import Sqlite from 'better-sqlite3'
import { Bot } from 'grammy'
import { Hono } from 'hono'
import { sayHello } from './child.ts'

/** The floor of memory: a bot, a web server and a database in one process, with nothing to do. */
function open(): void {
  const bot = new Bot('1:bench')
  const db = new Sqlite(':memory:')
  const app = new Hono()
  app.get('/', (c) => c.text(`${bot.token} ${db.memory}`))
  serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, () => sayHello({}))
  process.on('message', () => process.send?.(process.memoryUsage.rss()))
}

// Imported, it is only compiled.
if (import.meta.main) open()
