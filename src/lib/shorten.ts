/** The text, or as much of it as fits into `max` UTF-16 units with an ellipsis at the end. Never splits a character. */
export function shorten(text: string, max: number): string {
  if (text.length <= max) return text
  let end = max - 1
  const last = text.charCodeAt(end - 1)
  if (last >= 0xd800 && last <= 0xdbff) end -= 1
  return `${text.slice(0, end).trimEnd()}…`
}
