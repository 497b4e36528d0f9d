import { join } from 'node:path'
import { app } from 'electron'

/** Real captures that come with the program (build/samples.mjs puts them there). */
const files = {
  pair: ['qemu-pcnet.folded.gz', 'qemu-e1000.folded.gz'],
  perf: ['qemu-pcnet.perf.txt.gz'],
  trace: ['pcnet-tx.log.gz'],
} as const

export type SampleName = keyof typeof files

export function samplePaths(outFolder: string, name: SampleName): string[] {
  const folder = app.isPackaged ? join(process.resourcesPath, 'samples') : join(outFolder, 'samples')
  return files[name].map((file) => join(folder, file))
}
