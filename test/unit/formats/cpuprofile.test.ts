import { describe, expect, it } from 'vitest'
import { cpuprofileReason } from '../../../engine/formats/cpuprofile/detect'
import { readCpuprofile } from '../../../engine/formats/cpuprofile/read'
import { beginningOf, bytesOf, fixture, rowsOf, selfOf, totalOf } from './readers'

const read = (content: object) => readCpuprofile('x.cpuprofile', bytesOf(JSON.stringify(content)), 'asked for')
const node = (id: number, functionName: string, children: number[] = []) =>
  ({ id, callFrame: { functionName, url: 'a.js', lineNumber: 4, columnNumber: 0 }, hitCount: 1, children })

describe('V8 CPU profiles', () => {
  it('of a compiler: samples by function are the file\'s own', () => {
    const bytes = fixture('node-tsc.cpuprofile')
    expect(cpuprofileReason(beginningOf(bytes))).not.toBeNull()
    const { profile, report } = readCpuprofile('tsc', bytes, 'r')
    const json = JSON.parse(new TextDecoder().decode(bytes)) as { nodes: { id: number; callFrame: { functionName: string } }[]; startTime: number; endTime: number; timeDeltas: number[]; samples: number[] }
    expect(report).toMatchObject({ samplesKept: json.samples.length, samplesDropped: [], stampsOutOfOrder: 0 })
    const self = selfOf(profile)
    for (const name of ['wrapSafe', 'bindChildren', '(garbage collector)']) {
      const ids = new Set(json.nodes.filter(({ callFrame }) => callFrame.functionName === name).map(({ id }) => id))
      const hits = json.samples.filter((id) => ids.has(id)).length
      expect(self.get(name), name).toBe(hits)
    }
    // time is what passed from the first sample to the end
    expect(totalOf(profile, 1) / 1000).toBeCloseTo(json.endTime - json.startTime - json.timeDeltas[0]!, 3)
  })

  it('become rows with the time until the next sample; the root is nobody\'s function', () => {
    const { profile } = read({
      nodes: [node(1, '(root)', [2, 3]), node(2, 'main', [4]), node(3, '(idle)'), node(4, '')],
      startTime: 1000, endTime: 1100, samples: [2, 4, 3], timeDeltas: [10, 20, 30],
    })
    expect(rowsOf(profile)).toEqual(['main 1 20000 @0', 'main;(anonymous, line 5) 1 30000 @0.00002', '(idle) 1 40000 @0.00005'].map((row) => row.replace('0.00002', String(1030 / 1e6 - 1010 / 1e6)).replace('0.00005', String(1060 / 1e6 - 1010 / 1e6))))
  })

  it('of the old form are trees of children, ten thousand deep', () => {
    let tree: object = { functionName: 'leaf', id: 10_000, hitCount: 1, url: '', children: [] }
    for (let id = 9999; id > 0; id--) tree = { functionName: `f${id}`, id, hitCount: 0, url: '', children: [tree] }
    const { profile } = readCpuprofile('x', bytesOf(deepText(tree)), 'r')
    expect(profile.stacks.parent.length).toBe(10_000)
    expect(totalOf(profile)).toBe(1)
  })

  it('that are damaged lose only what is damaged', () => {
    const { profile, report } = read({
      // 2 and 3 call each other, sample 9 names nothing, time goes backwards once
      nodes: [node(1, '(root)', [2]), node(2, 'a', [3]), node(3, 'b', [2])],
      startTime: 0, endTime: 50, samples: [2, 9, 3], timeDeltas: [10, 20, -25],
    })
    expect(profile.samples.stack.length).toBe(2)
    expect(report.samplesDropped).toEqual([{ reason: 'samples that name a node which the file does not hold', count: 1 }])
  })
})

/** JSON.stringify recurses: ten thousand levels are beyond some engines' stacks. */
function deepText(tree: object): string {
  let [open, close] = ['', '']
  for (let at = tree as { children: object[] } | undefined; at;) {
    const { children, ...rest } = at
    open += `${JSON.stringify(rest).slice(0, -1)},"children":[`
    close = `]}${close}`
    at = children[0] as { children: object[] } | undefined
  }
  return `{"head":${open}${close},"startTime":0,"endTime":1}`
}
