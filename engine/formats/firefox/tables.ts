import { GrowingFloats } from '../../growing'
import type { JsonBytes, JsonSteps } from '../json-bytes'

/** A table of either kind as columns of numbers; null and texts are NaN. */
export type Columns = Map<string, Float64Array>

/** What a thread, or `shared`, brings: tables by name, texts, and plain members that are shown. */
export interface Bag {
  tables: Map<string, Columns>
  strings: string[] | null
  texts: Map<string, string>
}

const stringTables = new Set(['stringTable', 'stringArray'])

export function emptyBag(): Bag {
  return { tables: new Map(), strings: null, texts: new Map() }
}

/** Reads an object whose members are tables: `{schema, data}` (gecko) or columns (processed); the rest is read over. */
export function readBag(json: JsonBytes, bag: Bag): JsonSteps {
  return json.objectSteps((key) => {
    const kind = json.kind()
    if (stringTables.has(key) && kind === 'array') {
      const strings: string[] = bag.strings = []
      return json.arraySteps(() => { strings.push(json.string()) })
    }
    if (kind === 'object') return readTable(json, (table) => bag.tables.set(key, table))
    if (kind === 'string' || kind === 'number') bag.texts.set(key, json.string())
    else return json.skipSteps()
  })
}

/** `done` gets the table once it is read. */
export function* readTable(json: JsonBytes, done: (table: Columns) => void): JsonSteps {
  const columns: Columns = new Map()
  let schema: string[] | null = null
  let dataAt = -1
  yield* json.objectSteps((key) => {
    const kind = json.kind()
    if (key === 'schema' && kind === 'object') schema = readSchema(json)
    else if (key === 'data' && kind === 'array') {
      dataAt = json.at
      return json.skipSteps()
    } else if (kind === 'array') return readNumbers(json, (column) => columns.set(key, column))
    else if (kind === 'string') columns.set(`${key}=${json.string()}`, new Float64Array(0))
    else return json.skipSteps()
  })
  if (schema === null || dataAt < 0) return done(columns)
  const behind = json.at
  json.at = dataAt
  yield* readRows(json, schema, done)
  json.at = behind
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
function* readRows(json: JsonBytes, schema: readonly string[], done: (table: Columns) => void): JsonSteps {
  const growing = schema.map(() => new GrowingFloats())
  yield* json.arraySteps((row) => {
    json.array((place) => {
      const value = plainNumber(json)
      if (place < growing.length && growing[place] !== undefined) growing[place].push(value)
    })
    for (const column of growing) if (column !== undefined && column.length <= row) column.push(Number.NaN)
  })
  done(new Map(growing.flatMap((column, place) => (column === undefined ? [] : [[schema[place]!, column.column()] as const]))))
}

function* readNumbers(json: JsonBytes, done: (column: Float64Array) => void): JsonSteps {
  const column = new GrowingFloats()
  yield* json.arraySteps(() => column.push(plainNumber(json)))
  done(column.column())
}

function plainNumber(json: JsonBytes): number {
  if (json.kind() === 'number') return json.number()
  json.skip()
  return Number.NaN
}
