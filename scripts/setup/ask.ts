import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'

/** What a person is asked. */
export interface Question {
  name: string
  text: string
  /** Taken when the answer is empty. */
  proposal: string
  /** Whether it may stay empty. */
  optional: boolean
  /** What is typed is not shown. */
  secret: boolean
  /** Why this answer cannot be taken, in words that go on after the name; undefined when it can. */
  refuse(answer: string): Promise<string | undefined>
}

export interface Asker {
  /** Asks until there is an answer that can be taken. Throws when nobody answers any more. */
  ask(question: Question): Promise<string>
  close(): void
}

/** Asks on the terminal, or reads one answer a line from standard input. */
export function createAsker(): Asker {
  let hidden = false
  const output = new Writable({
    write(chunk, _encoding, done) {
      if (!hidden) process.stdout.write(chunk)
      done()
    },
  })
  const lines = createInterface({ input: process.stdin, output, terminal: process.stdin.isTTY })
  const waiting: string[] = []
  let ended = false
  lines
    .on('line', (line) => waiting.push(line.trim()))
    .on('close', () => {
      ended = true
    })

  async function readLine(name: string): Promise<string> {
    while (waiting.length === 0) {
      if (ended) throw new Error(`${name} was not answered. Nothing was changed.`)
      await Promise.race([once(lines, 'line'), once(lines, 'close')])
    }
    return waiting.shift() ?? ''
  }

  async function askOnce({ name, text, proposal, secret }: Question): Promise<string> {
    process.stdout.write(`${text}${proposal && ` [${proposal}]`}: `)
    hidden = secret
    const answer = await readLine(name)
    if (hidden || !process.stdin.isTTY) process.stdout.write('\n')
    hidden = false
    return answer || proposal
  }

  return {
    async ask(question) {
      for (;;) {
        const answer = await askOnce(question)
        if (!answer && question.optional) return ''
        const why = answer ? await question.refuse(answer) : 'is needed'
        if (why === undefined) return answer
        process.stdout.write(`${question.name} ${why}\n`)
      }
    },
    close: () => lines.close(),
  }
}
