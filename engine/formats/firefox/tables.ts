import { GrowingFloats } from '../../growing'
import type { JsonBytes } from '../json-bytes'

/** A table of either kind as columns of numbers; null and texts are NaN. */
export type Columns = Map<string, Float64Array>

/** What a thread, or `shared`, brings: tables by name, texts, and plain members that are shown. */
export interface Bag {
  tables: Map<string, Columns>
  strings: string[] | null
  texts: Map<string, string>
}

const stringTables = new Set(['stringTable', 'stringArray'])

/** Reads an object whose members are tables: `{schema, data}` (gecko) or columns (processed); the rest is read over. */
export function readBag(json: JsonBytes): Bag {
  const bag: Bag = { tables: new Map(), strings: null, texts: new Map() }
  json.object((key) => {
    const kind = json.kind()
    if (stringTables.has(key) && kind === 'array') {
      const strings: string[] = []
      json.array(() => strings.push(json.string()))
      bag.strings = strings
    } else if (kind === 'object') bag.tables.set(key, readTable(json))
    else if (kind === 'string' || kind === 'number') bag.texts.set(key, json.string())
    else json.skip()
  })
  return bag
}

export function readTable(json: JsonBytes): Columns {
  const columns: Columns = new Map()
  let schema: string[] | null = null
  let dataAt = -1
  json.object((key) => {
    const kind = json.kind()
    if (key === 'schema' && kind === 'object') schema = readSchema(json)
    else if (key === 'data' && kind === 'array') {
      dataAt = json.at
      json.skip()
    } else if (kind === 'array') columns.set(key, numbers(json))
    else if (kind === 'string') columns.set(`${key}=${json.string()}`, new Float64Array(0))
    else json.skip()
  })
  if (schema === null || dataAt < 0) return columns
  const behind = json.at
  json.at = dataAt
  const byRow = readRows(json, schema)
  json.at = behind
  return byRow
}

function readSchema(json: JsonBytes): string[] {
  const names: string[] = []
  json.object((name) => {
    const place = json.number()
    if (place >= 0 && place < 100) names[place] = name
  })
  return names
}

/** Rows may be shorter than the schema: what is left out is null. */
function readRows(json: JsonBytes, schema: readonly string[]): Columns {
  const growing = schema.map(() => new GrowingFloats())
  json.array((row) => {
    json.array((place) => {
      const value = plainNumber(json)
      if (place < growing.length && growing[place] !== undefined) growing[place].push(value)
    })
    for (const column of growing) if (column !== undefined && column.length <= row) column.push(Number.NaN)
  })
  return new Map(growing.flatMap((column, place) => (column === undefined ? [] : [[schema[place]!, column.column()] as const])))
}

function numbers(json: JsonBytes): Float64Array {
  const column = new GrowingFloats()
  json.array(() => column.push(plainNumber(json)))
  return column.column()
}

function plainNumber(json: JsonBytes): number {
  if (json.kind() === 'number') return json.number()
  json.skip()
  return Number.NaN
}
