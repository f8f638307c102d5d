/** Takes out what cannot be seen (control and format characters; joined emoji and line breaks stay), and trims. */
export function cleanText(text: string): string {
  return text.replace(/[^\P{C}\n\u200d]/gu, '').trim()
}
