import { LineCutter } from '../lines'
import { countNotUnderstood, type LoadReport } from '../load-report'

/** What one function spent itself, and what its calls of others spent, by event. */
export interface CallGraph {
  events: string[]
  names: string[]
  modules: string[]
  /** `self[event][function]`. */
  self: number[][]
  /** Calls: `caller`, `callee`, how often, and the cost inside by event. */
  calls: { caller: number; callee: number; count: number; cost: number[] }[]
}

type Kind = 'fl' | 'ob' | 'fn'
const kindOf: Record<string, Kind> = {
  fl: 'fl', fi: 'fl', fe: 'fl', cfi: 'fl', cfl: 'fl', ob: 'ob', cob: 'ob', fn: 'fn', cfn: 'fn',
}
const assignment = /^(fl|fi|fe|cfi|cfl|ob|cob|fn|cfn)=\s*(?:\((\d+)\)\s*)?(.*)$/
const calls = /^calls=\s*(\d+)/
const numbers = /^(?:[+-]?\d+|\*|0x[0-9a-f]+)(?:\s+(?:[+-]?\d+|\*|0x[0-9a-f]+))*$/i
/** Header lines that carry nothing that is shown; `summary` and `totals` are sums of what follows. */
const header = /^(?:version|creator|cmd|pid|thread|part|desc|summary|totals|jump|jcnd|jfi|jfn|rcalls|event)\b/

/**
 * Callgrind's text (valgrind's manual, "Callgrind Format Specification"): costs by line of each function, and calls
 * with the cost inside them. Names may be numbered once and referred to later; positions are read over.
 */
export class CallgrindParser {
  readonly graph: CallGraph = { events: [], names: [], modules: [], self: [], calls: [] }
  readonly cutter: LineCutter
  private readonly decoder = new TextDecoder()
  private readonly known: Record<Kind, Map<string, string>> = { fl: new Map(), ob: new Map(), fn: new Map() }
  private readonly functions = new Map<string, number>()
  private readonly callIds = new Map<number, number>()
  private file = ''
  private object = ''
  private caller = -1
  private calledFile = ''
  private calledObject = ''
  private callee = -1
  /** Calls counted by the line before: its costs come on this one. */
  private pendingCalls = 0
  private positions = 1

  constructor(private readonly report: LoadReport) {
    this.cutter = new LineCutter((bytes, start, end) => {
      const text = this.decoder.decode(bytes.subarray(start, end)).trim()
      if (text !== '' && !text.startsWith('#') && !this.line(text)) countNotUnderstood(this.report, this.cutter.lines, text)
    })
  }

  private line(text: string): boolean {
    const assigned = assignment.exec(text)
    if (assigned) return this.assign(assigned[1]!, assigned[2], assigned[3]!)
    const called = calls.exec(text)
    if (called) {
      this.pendingCalls = Number(called[1])
      return this.callee >= 0 && this.caller >= 0
    }
    if (numbers.test(text)) return this.costs(text)
    if (text.startsWith('events:')) {
      this.graph.events = text.slice(7).trim().split(/\s+/).filter((name) => name !== '')
      this.graph.self = this.graph.events.map(() => [])
      return this.graph.events.length > 0
    }
    if (text.startsWith('positions:')) {
      this.positions = Math.max(1, text.slice(10).trim().split(/\s+/).length)
      return true
    }
    return header.test(text)
  }

  private assign(what: string, id: string | undefined, rest: string): boolean {
    const kind = kindOf[what]!
    let name = rest
    if (id !== undefined) {
      if (rest === '') name = this.known[kind].get(id) ?? ''
      else this.known[kind].set(id, rest)
      if (name === '') return false
    }
    if (what === 'ob') this.object = name
    else if (what === 'cob') this.calledObject = name
    else if (what === 'cfi' || what === 'cfl') this.calledFile = name
    else if (kind === 'fl') this.file = name
    else if (what === 'fn') {
      this.caller = this.functionId(name, this.object || this.file)
      this.calledFile = this.calledObject = ''
    } else this.callee = this.functionId(name, this.calledObject || this.object || this.calledFile || this.file)
    return true
  }

  private functionId(name: string, module: string): number {
    const key = `${module}\u0000${name}`
    let id = this.functions.get(key)
    if (id === undefined) {
      id = this.graph.names.length
      this.functions.set(key, id)
      this.graph.names.push(name)
      this.graph.modules.push(module)
    }
    return id
  }

  private costs(text: string): boolean {
    const { graph } = this
    const values = text.split(/\s+/).slice(this.positions).map(Number)
    if (this.caller < 0 || graph.events.length === 0 || values.some((value) => !(value >= 0))) return false
    if (this.pendingCalls > 0) {
      // calls of nobody that was named: their cost is nobody's own either
      const known = this.callee >= 0
      if (known) this.addCall(values)
      this.pendingCalls = 0
      return known
    }
    graph.events.forEach((_, k) => {
      const self = graph.self[k]!
      self[this.caller] = (self[this.caller] ?? 0) + (values[k] ?? 0)
    })
    return true
  }

  private addCall(values: number[]): void {
    const { graph, caller, callee } = this
    const key = caller * 4194304 + callee
    const known = this.callIds.get(key)
    const call = known === undefined ? { caller, callee, count: 0, cost: graph.events.map(() => 0) } : graph.calls[known]!
    if (known === undefined) this.callIds.set(key, graph.calls.push(call) - 1)
    call.count += this.pendingCalls
    values.forEach((value, k) => { if (k < call.cost.length) call.cost[k]! += value })
    this.calledFile = this.calledObject = ''
  }
}
