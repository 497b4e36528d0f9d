import type { Block, Report } from './blocks'

/**
 * One file that needs nothing else: no script, nothing from elsewhere (the policy in it forbids both), light, and
 * printed without cut tables. Everything but a picture's markup is escaped.
 */
export function htmlReport({ title, blocks }: Report): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light">
<title>${htmlText(title)}</title>
<style>
${styles}</style>
</head>
<body>
<main>
<h1>${htmlText(title)}</h1>
${blocks.map(blockOf).join('\n')}
</main>
</body>
</html>
`
}

const styles = `@page { margin: 16mm 14mm; }
body { margin: 0; background: #fff; color: #1a1e24; font: 14px/1.5 system-ui, "DejaVu Sans", sans-serif; }
main { max-width: 1080px; margin: 0 auto; padding: 24px; }
h1 { font-size: 24px; margin: 0 0 8px; overflow-wrap: anywhere; }
h2 { font-size: 18px; margin: 32px 0 8px; padding-top: 8px; border-top: 1px solid #d3d8df; overflow-wrap: anywhere; }
h3 { font-size: 14px; margin: 20px 0 4px; }
h1, h2, h3 { break-after: avoid; }
p, li { overflow-wrap: anywhere; }
.table { overflow-x: auto; margin: 12px 0; }
table { border-collapse: collapse; font-size: 13px; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: 600; padding: 4px 0; }
th, td { padding: 2px 10px; border-bottom: 1px solid #d3d8df; text-align: left; vertical-align: top; }
thead th { color: #535c68; font-weight: 600; }
tbody th { font-weight: 400; min-width: 12em; max-width: 32em; overflow-wrap: break-word; }
.figure { text-align: right; white-space: nowrap; }
tr { break-inside: avoid; }
thead { display: table-header-group; }
pre { background: #f1f3f6; padding: 8px 10px; font: 12px/1.4 ui-monospace, "DejaVu Sans Mono", monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
.note { white-space: pre-wrap; overflow-wrap: anywhere; border-left: 3px solid #0b5cad; padding: 2px 12px; margin: 8px 0; }
.about { display: block; color: #535c68; font-size: 12px; }
figure { margin: 12px 0; break-inside: avoid; }
figcaption { font-weight: 600; font-size: 13px; }
figure svg { max-width: 100%; height: auto; }
@media print {
  main { max-width: none; padding: 0; }
  .table { overflow: visible; }
  table { width: 100%; font-size: 10px; }
  th, td { padding: 1px 4px; }
  tbody th { min-width: 9em; }
}
`

function blockOf(block: Block): string {
  switch (block.kind) {
    case 'heading': return `<h${block.level}>${htmlText(block.text)}</h${block.level}>`
    case 'paragraph': return `<p>${htmlText(block.text)}</p>`
    case 'note': {
      const about = block.about === null ? '' : `<span class="about">${htmlText(block.about)}</span>`
      return `<div class="note">${about}${htmlText(block.text)}</div>`
    }
    case 'list': return `<ul>\n${block.items.map((item) => `<li>${htmlText(item)}</li>`).join('\n')}\n</ul>`
    case 'code': return `<pre>${htmlText(block.text)}</pre>`
    case 'picture':
      return `<figure>\n<figcaption>${htmlText(block.name)}</figcaption>\n${inlineSvg(block.svg)}\n</figure>`
    case 'table': return tableOf(block)
  }
}

function tableOf({ caption, columns, rows }: Extract<Block, { kind: 'table' }>): string {
  const head = columns.map(({ name, numeric }) => `<th scope="col"${numeric ? ' class="figure"' : ''}>${htmlText(name)}</th>`).join('')
  const body = rows.map((row) => `<tr>${row.map((text, column) => (column === 0 ? `<th scope="row">${htmlText(text)}</th>`
    : `<td${columns[column]?.numeric ? ' class="figure"' : ''}>${htmlText(text)}</td>`)).join('')}</tr>`)
  return `<div class="table"><table>\n<caption>${htmlText(caption)}</caption>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${body.join('\n')}\n</tbody>\n</table></div>`
}

/** A declaration has no place inside a page. */
function inlineSvg(svg: string): string {
  return svg.replace(/^<\?xml[^>]*\?>\s*/, '').trim()
}

export function htmlText(text: string): string {
  return text
    // characters that no page may hold, and those that turn the direction of what follows them
    .replace(/\p{Cc}/gu, (control) => ('\t\n'.includes(control) ? control : '\uFFFD'))
    .replace(/[\u202A-\u202E\u2066-\u2069]/g, '\uFFFD')
    .replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}
