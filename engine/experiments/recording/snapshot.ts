/**
 * The state of a machine at an instant, taken from and given back to the very same objects, so that all their closures
 * stay valid. What counts as state is whatever the fields of the objects reachable from the roots hold: numbers,
 * booleans, strings and typed arrays. Which objects hang together never changes; where it would, `take` throws.
 */

type TypedArray = Float64Array | Int32Array | Uint32Array | Uint16Array | Uint8Array
type Fields = Record<string, unknown>

interface Field {
  owner: Fields
  key: string
}

export interface Snapshot {
  scalars: unknown[]
  columns: TypedArray[]
}

function isColumn(value: unknown): value is TypedArray {
  return ArrayBuffer.isView(value) && !(value instanceof DataView)
}

export class MachineState {
  private readonly scalars: Field[] = []
  private readonly columns: Field[] = []

  /**
   * `skip` names the fields that are no state: tables that only grow, observers, settings shared with others.
   * Throws an Error for objects whose content is not in their fields (Map, Set, Date ...).
   */
  constructor(roots: readonly object[], skip: (owner: object, key: string) => boolean) {
    const known = new Set<object>(roots)
    const waiting = [...roots] as Fields[]
    for (let owner = waiting.pop(); owner; owner = waiting.pop()) {
      for (const key of Object.keys(owner)) {
        const value = owner[key]
        if (typeof value === 'function' || skip(owner, key)) continue
        if (isColumn(value)) this.columns.push({ owner, key })
        else if (typeof value !== 'object' || value === null) this.scalars.push({ owner, key })
        else if (!known.has(value)) {
          if (value instanceof Map || value instanceof Set || value instanceof Date || value instanceof WeakMap) {
            throw new Error(`the state of ${key} is not in fields`)
          }
          known.add(value)
          waiting.push(value as Fields)
        }
      }
    }
  }

  take(): Snapshot {
    return {
      scalars: this.scalars.map(({ owner, key }) => {
        const value = owner[key]
        if (typeof value === 'object' && value !== null) throw new Error(`${key} has become an object`)
        return value
      }),
      columns: this.columns.map(({ owner, key }) => (owner[key] as TypedArray).slice()),
    }
  }

  /** A column that has grown since keeps its new length; what was not there yet becomes 0. */
  restore({ scalars, columns }: Snapshot): void {
    this.scalars.forEach(({ owner, key }, i) => { owner[key] = scalars[i] })
    this.columns.forEach(({ owner, key }, i) => {
      const column = owner[key] as TypedArray
      column.set(columns[i]!)
      column.fill(0, columns[i]!.length)
    })
  }
}
