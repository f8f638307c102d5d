export type ThemeParams = Record<string, string>

const light: ThemeParams = {
  bg_color: '#ffffff',
  secondary_bg_color: '#f1f4f6',
  section_bg_color: '#ffffff',
  header_bg_color: '#ffffff',
  bottom_bar_bg_color: '#ffffff',
  text_color: '#0f1418',
  hint_color: '#647079',
  subtitle_text_color: '#647079',
  section_header_text_color: '#1769b5',
  section_separator_color: '#dfe5e9',
  link_color: '#1769b5',
  accent_text_color: '#1769b5',
  button_color: '#2a7fd0',
  button_text_color: '#ffffff',
  destructive_text_color: '#c62f2f',
}

const dark: ThemeParams = {
  bg_color: '#17212b',
  secondary_bg_color: '#0d1318',
  section_bg_color: '#17212b',
  header_bg_color: '#17212b',
  bottom_bar_bg_color: '#17212b',
  text_color: '#f2f5f7',
  hint_color: '#8d9dab',
  subtitle_text_color: '#8d9dab',
  section_header_text_color: '#74b9f5',
  section_separator_color: '#24323f',
  link_color: '#74b9f5',
  accent_text_color: '#74b9f5',
  button_color: '#2f86d4',
  button_text_color: '#ffffff',
  destructive_text_color: '#ff8a85',
}

/** This page's own colours in the words of Telegram's theme_params. */
export function themeOf(isDark: boolean): ThemeParams {
  return isDark ? dark : light
}

/** The launch URL with the theme the page has just now; the rest of it is signed and stays. */
export function withTheme(url: string, theme: ThemeParams): string {
  const value = `tgWebAppThemeParams=${encodeURIComponent(JSON.stringify(theme))}`
  return url.replace(/tgWebAppThemeParams=[^&]*/, () => value)
}
