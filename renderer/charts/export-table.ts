import { wrapped } from './export-text'
import { drawingOf, measureText, type Drawing } from './pictures'
import { inksOf } from '../theme/inks'

/** A table as text: what a view shows, for pictures and for spreadsheets. */
export interface TextTable {
  name: string
  columns: readonly { name: string; numeric: boolean }[]
  /** A group's row has one cell. */
  rows: readonly (readonly string[])[]
}

const font = '12px system-ui, "DejaVu Sans", sans-serif'
const bold = `bold ${font}`
const lineHeight = 16
const padding = 5
const gap = 14
/** A column of words is broken into lines beyond this. */
const widestColumn = 340

const inks = inksOf(false)

/** The table with real text, which can be searched and copied; light. */
export function drawTable({ columns, rows }: TextTable, prefix: string, measure = measureText): Drawing {
  const cells = [columns.map(({ name }) => name), ...rows]
  const widths = columns.map((_, column) => Math.min(widestColumn, Math.max(...cells
    .filter((row) => row.length > 1 || columns.length === 1)
    .map((row) => Math.max(...(row[column] ?? '').split('\n').map((line) => measure(line, bold)))), 8)))
  const width = widths.reduce((sum, one) => sum + one + gap, gap)
  const lines = cells.map((row) => (row.length === 1 && columns.length > 1
    ? [wrapped(row[0]!, width - 2 * gap, bold, measure)]
    : row.map((text, column) => wrapped(text, widths[column]! + 1, bold, measure))))
  const heights = lines.map((row) => Math.max(...row.map((cell) => cell.length)) * lineHeight + padding)
  const height = heights.reduce((sum, one) => sum + one, 0) + 1
  return drawingOf(width, height, prefix, (context) => {
    let top = 0
    lines.forEach((row, index) => {
      const isGroup = row.length === 1 && columns.length > 1
      drawRow(context, { row, top, height: heights[index]!, width, widths, columns, head: index === 0 || isGroup, isGroup })
      top += heights[index]!
    })
  }, measure)
}

interface Row {
  row: string[][]
  top: number
  height: number
  width: number
  widths: number[]
  columns: TextTable['columns']
  head: boolean
  isGroup: boolean
}

function drawRow(context: CanvasRenderingContext2D, { row, top, height, width, widths, columns, head, isGroup }: Row): void {
  if (isGroup) {
    context.fillStyle = inks.panel
    context.fillRect(0, top, width, height)
  }
  context.fillStyle = inks.line
  context.fillRect(0, top + height - 1, width, 1)
  context.fillStyle = head ? inks.quiet : inks.text
  context.font = head ? bold : font
  context.textBaseline = 'top'
  let left = gap
  row.forEach((lines, column) => {
    const numeric = !isGroup && columns[column]?.numeric === true
    context.textAlign = numeric ? 'right' : 'left'
    lines.forEach((line, index) => {
      if (line !== '') context.fillText(line, numeric ? left + widths[column]! : left, top + padding - 1 + index * lineHeight)
    })
    left += (widths[column] ?? 0) + gap
  })
}
