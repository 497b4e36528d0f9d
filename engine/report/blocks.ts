/** A report before it is HTML or Markdown: plain text everywhere but in a picture's `svg`. */
export type Block =
  | { kind: 'heading'; level: 2 | 3; text: string }
  | { kind: 'paragraph'; text: string }
  /** Somebody's own words: line breaks are kept. */
  | { kind: 'note'; about: string | null; text: string }
  | { kind: 'list'; items: readonly string[] }
  | { kind: 'code'; text: string }
  | { kind: 'table'; caption: string; columns: readonly ReportColumn[]; rows: readonly (readonly string[])[] }
  | { kind: 'picture'; name: string; svg: string }

export interface ReportColumn {
  name: string
  numeric: boolean
}

export interface Report {
  title: string
  blocks: readonly Block[]
}

export const words = (name: string): ReportColumn => ({ name, numeric: false })
export const figures = (name: string): ReportColumn => ({ name, numeric: true })

/** What the parts of a table are of. */
export const scopeNames = { total: 'of total time', vmm: 'of VMM time' } as const

/** For what has no figure. */
export const dash = '–'
