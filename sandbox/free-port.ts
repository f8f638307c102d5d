import { createServer } from 'node:net'

// Below the ports that systems hand out by themselves: one of those could be handed to somebody else before it is used.
// Counting on from anywhere, no two programs look at the same ones.
// From 11000 on there is none that browsers refuse, as they do 10080.
const FIRST = 11_000
const COUNT = 20_000
let next = Math.floor(Math.random() * COUNT)

/** The wished port of this machine, or any other where somebody has it already. */
export async function freePort(wished = nextPort()): Promise<number> {
  let port = wished
  while (!(await isFree(port))) port = nextPort()
  return port
}

function nextPort(): number {
  next = (next + 1) % COUNT
  return FIRST + next
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}
