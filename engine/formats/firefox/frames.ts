import type { Bag } from './tables'

/** Name and module of a frame of the file. */
export interface FrameTexts {
  of(frame: number): [name: string, module: string]
}

/** `symbol (in library)`, as gecko and its perf importer write native frames; `name (file:line:column)` of scripts. */
const inLibrary = /^(.*) \(in ([^()]*)\)(?: .*)?$/
const inFile = /^(.*) \((.+?)(?::\d+){0,2}\)$/

/** The texts of a thread's frames, whichever tables its version keeps them in: in the thread itself, or in `shared`. */
export function frameTexts(thread: Bag, shared: Bag | null): FrameTexts {
  const table = (name: string) => thread.tables.get(name) ?? shared?.tables.get(name)
  const strings = thread.strings ?? shared?.strings ?? []
  const frames = table('frameTable')
  const text = (index: number | undefined) => (index === undefined ? '' : strings[index] ?? '')
  const location = frames?.get('location')
  if (location) return { of: (frame) => split(text(location[frame])) }
  const fn = frames?.get('func')
  const functions = table('funcTable')
  const names = functions?.get('name')
  const resource = functions?.get('resource')
  const file = functions?.get('fileName')
  const resources = table('resourceTable')?.get('name')
  return {
    of(frame) {
      const id = fn?.[frame] ?? Number.NaN
      const module = text(file?.[id]) || text(resources?.[resource?.[id] ?? Number.NaN])
      return [text(names?.[id]), module]
    },
  }
}

function split(location: string): [string, string] {
  const found = inLibrary.exec(location) ?? inFile.exec(location)
  return found ? [found[1]!, found[2]!] : [location, '']
}
