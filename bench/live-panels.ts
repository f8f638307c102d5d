import { connect } from 'node:net'
import { sayHello } from './child.ts'

/** Panels that follow a shop live, all in this process. Each time it is asked, says when each of them heard of the next change. */
const [port = '', token = '', panels = ''] = process.argv.slice(2)
const CHANGE = /event: change\n[\s\S]*?\n\n/
let heard: number[] = []
let onAll: (() => void) | undefined

function open(): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), '127.0.0.1')
    socket.write(
      `GET /api/stream HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nauthorization: Bearer ${token}\r\n\r\n`,
    )
    let unread = ''
    socket.setEncoding('latin1').on('data', (text: string) => {
      unread += text
      if (unread.includes('event: hello')) resolve()
      if (!CHANGE.test(unread)) return
      heard.push(performance.timeOrigin + performance.now())
      unread = ''
      if (heard.length === Number(panels)) onAll?.()
    })
    socket.on('error', reject)
  })
}

process.on('message', () => {
  onAll = () => {
    process.send?.(heard)
    heard = []
    onAll = undefined
  }
  if (heard.length === Number(panels)) onAll()
})

await Promise.all(Array.from({ length: Number(panels) }, open))
sayHello({})
