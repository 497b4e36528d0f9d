import type { JsonBytes } from '../json-bytes'
import { GrowingFloats, GrowingInts } from '../growing'

/** Nodes of the call tree as columns; `place` finds a node by the id that samples name. */
export class CpuNodes {
  readonly name: string[] = []
  readonly url: string[] = []
  readonly hits = new GrowingFloats()
  readonly place = new Map<number, number>()
  /** Parent's place, -1 for a root; made from `children` where the file has no `parent`. */
  readonly parent = new GrowingInts()
  private readonly parentIds = new Map<number, number>()
  private readonly childrenOf: [place: number, children: number[]][] = []

  get count(): number {
    return this.name.length
  }

  readNode(json: JsonBytes): void {
    const at = this.add()
    let id = at
    json.object((key) => {
      if (key === 'id') id = json.number()
      else if (key === 'callFrame') this.readCallFrame(json, at)
      else if (key === 'hitCount') this.hits.set(at, json.number())
      else if (key === 'parent') this.parentIds.set(at, json.number())
      else if (key === 'children') {
        const children: number[] = []
        json.array(() => children.push(json.number()))
        this.childrenOf.push([at, children])
      } else json.skip()
    })
    this.place.set(id, at)
  }

  /** The older form: each node holds its children, as deep as the calls went. No recursion: places are visited later. */
  readTree(json: JsonBytes): void {
    const open: [parent: number, jsonAt: number][] = [[-1, json.at]]
    const start = json.at
    json.skip()
    const end = json.at
    for (let next = open.pop(); next; next = open.pop()) {
      const [parent, jsonAt] = next
      json.at = jsonAt
      const at = this.add()
      let id = at
      this.parent.set(at, parent)
      json.object((key) => {
        if (key === 'id') id = json.number()
        else if (key === 'functionName') this.name[at] = json.string()
        else if (key === 'url') this.url[at] = json.string()
        else if (key === 'hitCount') this.hits.set(at, json.number())
        else if (key === 'children') {
          json.array(() => {
            open.push([at, json.at])
            json.skip()
          })
        } else json.skip()
      })
      this.place.set(id, at)
    }
    json.at = Math.max(start, end)
  }

  /** Once all nodes are read: who called whom. */
  link(): void {
    for (const [at, id] of this.parentIds) this.parent.set(at, this.place.get(id) ?? -1)
    for (const [at, children] of this.childrenOf) {
      for (const id of children) {
        const child = this.place.get(id)
        if (child !== undefined && child !== at) this.parent.set(child, at)
      }
    }
  }

  private add(): number {
    const at = this.count
    this.name.push('')
    this.url.push('')
    this.hits.push(0)
    this.parent.push(-1)
    return at
  }

  private readCallFrame(json: JsonBytes, at: number): void {
    let line = -1
    json.object((key) => {
      if (key === 'functionName') this.name[at] = json.string()
      else if (key === 'url') this.url[at] = json.string()
      else if (key === 'lineNumber') line = json.number()
      else json.skip()
    })
    // lines of the format count from 0; without its line one anonymous function is like the next
    if (this.name[at] === '') this.name[at] = line >= 0 ? `(anonymous, line ${line + 1})` : '(anonymous)'
  }
}
