import { escapeHtml } from '../lib/texts.ts'

// Programs that know dark mode get a palette of their own; those that do not show the inline colours, or turn them by themselves.
const DARK = `@media (prefers-color-scheme: dark) {
  .page { background: #17191c !important; color: #e8eaed !important }
  .card { background: #22252a !important; border-color: #33373d !important }
  .quiet { color: #a3a9b2 !important }
  .link { color: #7cb7ff !important }
}`

const FONT = "font-family:system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"

export interface MailPage {
  language: string
  subject: string
  shopName: string
  /** What the mail says, HTML. */
  body: string
  /** Why one gets it and how to stop, HTML. */
  footer: string
}

/** A whole mail in HTML: one narrow column that needs nothing from the network. */
export function mailPage({ language, subject, shopName, body, footer }: MailPage): string {
  return `<!doctype html>
<html lang="${escapeHtml(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escapeHtml(subject)}</title>
<style>${DARK}</style>
</head>
<body class="page" style="margin:0;padding:0;background:#f3f4f6;color:#1c1e21">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" class="page" style="background:#f3f4f6;color:#1c1e21">
<tr><td align="center" style="padding:32px 16px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:560px;${FONT};text-align:start">
<tr><td style="padding:0 4px 16px;font-size:20px;line-height:28px;font-weight:600">${escapeHtml(shopName)}</td></tr>
<tr><td class="card" style="padding:24px;background:#ffffff;border:1px solid #e2e5e9;border-radius:12px;font-size:16px;line-height:25px;overflow-wrap:anywhere">
${body}
</td></tr>
<tr><td class="quiet" style="padding:16px 4px 0;font-size:13px;line-height:20px;color:#5f6670">${footer}</td></tr>
</table>
</td></tr>
</table>
</body>
</html>
`
}
