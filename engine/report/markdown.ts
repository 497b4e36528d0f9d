import type { Block, Report } from './blocks'

/**
 * GitHub's Markdown. Pictures are not in it: data addresses are not shown by GitHub, and a second file would get lost;
 * each picture's name stands where the HTML report has it. Everything that people or files named is escaped.
 */
export function markdownReport({ title, blocks }: Report): string {
  return `# ${line(title)}\n\n${blocks.map(blockOf).join('\n\n')}\n`
}

function blockOf(block: Block): string {
  switch (block.kind) {
    case 'heading': return `${'#'.repeat(block.level)} ${line(block.text)}`
    case 'paragraph': return line(block.text)
    case 'note': return [...(block.about === null ? [] : [`*${line(block.about)}*`, '']), ...noteLines(block.text)]
      .map((text) => (text === '' ? '>' : `> ${text}`)).join('\n')
    case 'list': return block.items.map((item) => `- ${line(item)}`).join('\n')
    case 'code': return fenced(block.text)
    case 'picture': return `*Picture, in the HTML report: ${line(block.name)}*`
    case 'table': return tableOf(block)
  }
}

function tableOf({ caption, columns, rows }: Extract<Block, { kind: 'table' }>): string {
  // figures are the report's own text; words may be a stranger's
  const cell = (text: string, column: number) => (columns[column]?.numeric ? plain(text) : inline(text))
  const row = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`
  const rule = `| ${columns.map(({ numeric }) => (numeric ? '---:' : '---')).join(' | ')} |`
  return [`**${line(caption)}**`, '', `| ${columns.map(({ name }) => inline(name)).join(' | ')} |`, rule, ...rows.map(row)].join('\n')
}

/** Line breaks of a note are its author's: two blanks keep them. */
function noteLines(text: string): string[] {
  return text.split(/\r\n?|\n/).map((one, index, all) => {
    const escaped = line(one)
    return index < all.length - 1 && escaped !== '' ? `${escaped}  ` : escaped
  })
}

/** A fence longer than any run of backticks inside. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}\n${plain(text)}\n${fence}`
}

/** A line of its own: what begins a list, a rule or a numbered item only does so at the start. */
function line(text: string): string {
  return inline(text).replace(/^(\s*)([-+=])/, '$1\\$2').replace(/^(\s*\d+)([.)])(?=\s|$)/, '$1\\$2')
}

/** Text whose every sign is itself: neither markup nor HTML; an address becomes no link. */
function inline(text: string): string {
  return plain(text).replace(/[\n\t]+/g, ' ')
    .replace(/[\\`*_{}[\]<>#|~$]/g, '\\$&')
    .replace(/&/g, '&amp;')
    .replace(/(https?|ftp):/gi, '$1\\:').replace(/www\./gi, (found) => `${found.slice(0, 3)}\\.`)
    .replace(/@/g, '\\@')
}

function plain(text: string): string {
  return text.replace(/\p{Cc}/gu, (control) => ('\t\n'.includes(control) ? control : '\uFFFD'))
    .replace(/[\u202A-\u202E\u2066-\u2069]/g, '\uFFFD')
}
