import { rmSync, statSync } from 'node:fs'
import { figure, median, quick, spread } from '../figure'
import { madeFile, readers, type Format, type ReadFile, type Reader } from './programs'

/** Figures of the readers: each reads a file in a process of its own, in turns, and all have to find the same in it. */
const rounds = quick ? 1 : 5
const sizes = quick ? [2] : [50, 200]
const bounds: Record<Format, string> = { perf: '80; aim 120', folded: '60; aim 90', pprof: '60; aim 90' }
const names: Record<Format, string> = { perf: 'perf script', folded: 'folded stacks', pprof: 'pprof, not gzipped' }

const megabytesOf = (file: string) => statSync(file).size / 1e6

function inTurns(format: Format, megabytes: number, programs: readonly Reader[]): void {
  const file = madeFile(format, megabytes)
  const subject = `${names[format]}, ${megabytes} MB, MB a second of CPU time (median of ${rounds})`
  const taking = programs.filter(({ reads }) => reads.includes(format))
  const results = new Map<Reader, ReadFile[]>(taking.map((reader) => [reader, []]))
  for (let round = 0; round < rounds; round++) {
    for (const reader of taking) {
      const result = reader.read(format, file)
      const first = results.get(taking[0]!)![0] ?? result
      if (result.rows !== first.rows || result.total !== first.total) {
        throw new Error(`${reader.name} finds ${result.rows} rows of ${result.total} in all in ${file}, and ${taking[0]!.name} ${first.rows} of ${first.total}`)
      }
      results.get(reader)!.push(result)
    }
  }
  const speeds = (reader: Reader) => results.get(reader)!.map(({ cpuSeconds }) => megabytesOf(file) / cpuSeconds)
  const ownSpeed = median(speeds(taking[0]!))
  for (const reader of taking) {
    const peak = results.get(reader)!.map(({ peakMB }) => peakMB)
    const against = reader.own ? '' : `; the reader is ${(ownSpeed / median(speeds(reader))).toPrecision(2)} x as fast`
    const bound = reader.own === 'reader' ? `${bounds[format]}${megabytes === 200 ? '; 250 MB' : ''}` : ''
    figure(subject, reader.names?.[format] ?? reader.name, `${spread(speeds(reader), 'MB/s')}; at most ${spread(peak, 'MB')} of memory${against}`, bound)
  }
}

/** What other viewers choke on. The files are made, read and thrown away: they are large. */
function large(opening: Reader): void {
  for (const [format, megabytes] of [['perf', quick ? 3 : 600], ['folded', quick ? 3 : 250]] as const) {
    const file = madeFile(format, megabytes)
    const results = Array.from({ length: Math.min(rounds, 3) }, () => opening.read(format, file))
    figure('large files, opened by the engine in a process of its own', `${names[format]}, ${megabytes} MB (median of ${results.length})`,
      `opens: ${results[0]!.rows} rows; CPU ${spread(results.map(({ cpuSeconds }) => cpuSeconds), 's')}; at most ${spread(results.map(({ peakMB }) => peakMB), 'MB')} of memory`,
      'opens; all processes 1500 MB')
    rmSync(file)
  }
}

const { found, missing } = readers()
for (const format of ['perf', 'folded', 'pprof'] as const) for (const megabytes of sizes) inTurns(format, megabytes, found)
large(found.find(({ own }) => own === 'import')!)
for (const name of missing) figure('not found here, not compared', name, '', '')
