export interface SseMessage {
  event: string
  data: string
}

export interface SseParser {
  /** Takes the next piece of the stream, cut anywhere. */
  push: (text: string) => SseMessage[]
  /** The newest id that was seen with a finished message; what Last-Event-ID is to say. */
  lastId: () => string | undefined
}

/** Reads text/event-stream as the HTML standard says (EventSource cannot send an Authorization header, so we read it ourselves). */
export function createSseParser(): SseParser {
  let rest = ''
  let event = ''
  let data: string[] = []
  let id: string | undefined
  let lastId: string | undefined

  function readField(line: string): void {
    const colon = line.indexOf(':')
    const field = colon < 0 ? line : line.slice(0, colon)
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '')
    if (field === 'event') event = value
    if (field === 'data') data.push(value)
    if (field === 'id' && !value.includes('\0')) id = value
  }

  function finish(): SseMessage | undefined {
    lastId = id
    const message = data.length > 0 ? { event: event || 'message', data: data.join('\n') } : undefined
    event = ''
    data = []
    return message
  }

  function push(text: string): SseMessage[] {
    const messages: SseMessage[] = []
    rest += text
    // A CR at the very end may be half of a CRLF: it waits for what comes next.
    const lines = rest.split(/\r\n|\n|\r(?!$)/)
    rest = lines.pop() ?? ''
    for (const line of lines) {
      if (line !== '') readField(line)
      else {
        const message = finish()
        if (message) messages.push(message)
      }
    }
    return messages
  }

  return { push, lastId: () => lastId }
}
