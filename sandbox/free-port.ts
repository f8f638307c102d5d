import { type AddressInfo, createServer } from 'node:net'

/** The wished port of this machine, or any other where somebody has it already; 0 wishes for none. */
export function freePort(wished = 0): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(freePort()))
    server.listen(wished, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}
