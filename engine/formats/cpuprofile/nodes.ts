import type { JsonBytes, JsonSteps } from '../json-bytes'
import { GrowingFloats, GrowingInts } from '../../growing'

interface TreeNode {
  at: number
  id: number
  first: boolean
  /** Whether the list of children is being read, and whether any has been. */
  children: 'none' | 'first' | 'more'
}

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

  /** The older form: each node holds its children, as deep as the calls went: no recursion, and each byte once. */
  *readTree(json: JsonBytes): JsonSteps {
    const begin = (parent: number): TreeNode => {
      json.beginObject()
      const at = this.add()
      this.parent.set(at, parent)
      return { at, id: at, first: true, children: 'none' }
    }
    const open = [begin(-1)]
    for (let node = open.at(-1); node; node = open.at(-1)) {
      if (json.isStep()) yield json.passed
      if (node.children !== 'none') {
        const more = json.nextElement(node.children === 'first')
        node.children = more ? 'more' : 'none'
        if (more) open.push(begin(node.at))
        continue
      }
      const key = json.nextMember(node.first)
      node.first = false
      if (key === null) {
        this.place.set(node.id, node.at)
        open.pop()
      } else this.readTreeMember(json, node, key)
    }
  }

  private readTreeMember(json: JsonBytes, node: TreeNode, key: string): void {
    if (key === 'id') node.id = json.number()
    else if (key === 'functionName') this.name[node.at] = json.string()
    else if (key === 'url') this.url[node.at] = json.string()
    else if (key === 'hitCount') this.hits.set(node.at, json.number())
    else if (key === 'children') {
      json.beginArray()
      node.children = 'first'
    } else json.skip()
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
