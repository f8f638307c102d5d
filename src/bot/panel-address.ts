/** Where the panel is opened, or undefined where Telegram would refuse it: Mini Apps need https (or this very machine). */
export function panelAddress(publicUrl: string | undefined): string | undefined {
  const usable = publicUrl && /^(https:\/\/|http:\/\/(localhost|127\.0\.0\.1)(:|$))/.test(publicUrl)
  return usable ? `${publicUrl}/app` : undefined
}
