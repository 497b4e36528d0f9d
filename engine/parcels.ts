/**
 * Messages with large columns, between processes and threads: copied all at once, the columns of a large profile would
 * hold the window up for longer than a frame or two. They go ahead of the message, a part in each parcel.
 */
export type Parcel = { parcel: number } & (
  | { column: number; type: ColumnType; length: number; at: number; part: Column }
  /** The message itself, the last one; a column that has gone ahead is `{ parcelColumn }` in it. */
  | { message: unknown }
  /** The sender has given up: there is no more to come of it. */
  | { dropped: true }
)

const columnTypes = { Float64Array, Float32Array, Int32Array, Uint32Array, Uint16Array, Uint8Array, Int8Array } as const
export type ColumnType = keyof typeof columnTypes
type Column = InstanceType<(typeof columnTypes)[ColumnType]>

/** So much is copied into a message within some 5 ms, and out of it again. */
const bytesAtOnce = 1 << 20

/** Up to so many parts together go in one piece: what parts cost, in copies and in memory to be swept, is more than they spare. */
const partsInOnePiece = 8

/** A message as it is sent: what to post and what goes over instead of being copied, where the port can do that. */
export interface Posted {
  post: unknown
  transfer: ArrayBuffer[]
}

/** In parts, one a step; a message without large columns is one part and stays what it is. `parcel`: a number of the sender's. */
export function* parcelsOf(parcel: number, message: unknown, most = bytesAtOnce): Generator<Posted, void, void> {
  const isLarge = (value: object) => ArrayBuffer.isView(value) && typeOf(value as Column) in columnTypes && value.byteLength > most
  let bytes = 0
  mapped(message, (value) => {
    if (isLarge(value)) bytes += (value as Column).byteLength
    return value
  })
  if (bytes <= most * partsInOnePiece) {
    yield { post: message, transfer: [] }
    return
  }
  const columns: Column[] = []
  const light = mapped(message, (value) => (isLarge(value) ? { parcelColumn: columns.push(value as Column) - 1 } : value))
  for (const [column, whole] of columns.entries()) {
    const { length } = whole
    const step = Math.max(1, Math.floor(most / whole.BYTES_PER_ELEMENT))
    for (let at = 0; at < length; at += step) {
      // a copy: of a part of a buffer, all of it would go
      const part = whole.slice(at, at + step)
      yield { post: { parcel, column, type: typeOf(whole), length, at, part } satisfies Parcel, transfer: [part.buffer as ArrayBuffer] }
    }
  }
  yield { post: { parcel, message: light } satisfies Parcel, transfer: [] }
}

const typeOf = (column: Column): ColumnType => column.constructor.name as ColumnType

/** What one task of the event loop posts of a message; the rest waits for the next, and input and frames come between. */
const partsAtOnce = 4

/**
 * Posts a message, over several tasks where it is large. `isWanted` is asked in each of them: where it is not, the rest
 * stays here. `ended` is called when all has been posted.
 */
export function postInSteps(parcels: Generator<Posted, void, void>, post: (posted: Posted) => void, isWanted: () => boolean, ended?: () => void): void {
  let next = parcels.next()
  const go = (most: number) => {
    if (!isWanted()) return
    for (let parts = 0; !next.done; next = parcels.next()) {
      if (isPart(next.value.post) && parts++ === most) {
        setTimeout(go, 0, partsAtOnce)
        return
      }
      post(next.value)
    }
    ended?.()
  }
  // the columns of a large message wait for a task of their own: whoever sends it has work enough in this one
  go(0)
}

const isPart = (post: unknown) => typeof post === 'object' && post !== null && 'parcel' in post && 'part' in post

/** The receiver's end. */
export class Parcels {
  private readonly arriving = new Map<number, Column[]>()

  /** The message that is complete with this, as it was sent; undefined: there is more to come. Throws a TypeError where it is no such parcel. */
  hear(data: unknown): unknown {
    if (typeof data !== 'object' || data === null || !('parcel' in data)) return data
    const parcel = data as Parcel
    if ('part' in parcel) this.put(parcel)
    else {
      const columns = this.arriving.get(parcel.parcel) ?? []
      this.arriving.delete(parcel.parcel)
      if ('message' in parcel) return mapped(parcel.message, (value) => columnNamed(value, columns) ?? value)
    }
    return undefined
  }

  private put({ parcel, column, type, length, at, part }: Extract<Parcel, { part: Column }>): void {
    const columns = this.arriving.get(parcel) ?? []
    this.arriving.set(parcel, columns)
    if (!Object.hasOwn(columnTypes, type)) throw new TypeError(`no column is of the type ${type}`)
    const whole = columns[column] ??= new columnTypes[type](length)
    whole.set(part, at)
  }
}

function columnNamed(value: object, columns: readonly Column[]): Column | null {
  return 'parcelColumn' in value && typeof value.parcelColumn === 'number' ? columns[value.parcelColumn] ?? null : null
}

/** Records of records (of any class: a copy loses it) and lists of them, down to columns; what nothing changed in stays the same object. `lists`: whether they are gone into. */
export function mapped(value: unknown, change: (value: object) => object, lists = true): unknown {
  if (typeof value !== 'object' || value === null) return value
  const changed = change(value)
  if (changed !== value || ArrayBuffer.isView(value)) return changed
  if (Array.isArray(value)) return lists && typeof value[0] === 'object' ? keptOr(value, value.map((one) => mapped(one, change))) : value
  if (Object.prototype.toString.call(value) !== '[object Object]') return value
  const entries = Object.entries(value).map(([name, one]) => [name, mapped(one, change, lists)] as const)
  return entries.every(([name, one]) => one === (value as Record<string, unknown>)[name]) ? value : Object.fromEntries(entries)
}

function keptOr(list: readonly unknown[], other: unknown[]): readonly unknown[] {
  return other.every((one, i) => one === list[i]) ? list : other
}
