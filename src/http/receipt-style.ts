import { createHash } from 'node:crypto'

// One column that fits an A4 page, a roll of 80 mm and a phone.
export const RECEIPT_STYLE = `:root{color-scheme:light dark}
*{box-sizing:border-box}
body{margin:0;padding:24px 16px;background:Canvas;color:CanvasText;font:15px/1.45 system-ui,sans-serif}
main{max-width:34rem;margin:0 auto;overflow-wrap:anywhere}
h1{margin:0;font-size:22px;line-height:1.25}
h2{margin:20px 0 4px;font-size:15px}
p{margin:2px 0}
table+p{margin-top:12px}
table{width:100%;border-collapse:collapse;font-variant-numeric:tabular-nums}
td{padding:4px 0;vertical-align:top}
td+td{padding-left:16px;text-align:end;white-space:nowrap}
small{display:block;opacity:.7;font-size:13px}
.sum td{padding-top:8px;border-top:1px solid;font-weight:600;font-size:17px}
tbody+tbody td{padding-top:8px}
@media print{body{padding:0;font-size:11pt;background:#fff;color:#000}@page{margin:8mm}tr{break-inside:avoid}}`

/** What lets the page's own style in, and nothing else. */
export const RECEIPT_STYLE_HASH = `sha256-${createHash('sha256').update(RECEIPT_STYLE).digest('base64')}`
