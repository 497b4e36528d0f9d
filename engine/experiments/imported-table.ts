import * as z from 'zod'
import type { ExperimentWork } from '../experiment-kinds'
import { PlainErrorException } from '../plain-error'
import type { ClassifiedSamples } from '../profile/classify/samples'
import { importedTable } from '../profile/classify/table'
import { importedRowIds } from '../profile/classify/rows'
import { worldIds } from '../worlds'
import type { Experiment } from './experiment'

/** Table 2 of a recorded profile, from the rows that the window's rules gave its samples: intervals need the engine's functions. */
export const importedTableExperiment: Experiment<'imported-table'> = { rank: 'interactive', parse, run: work }

const within = (count: number) => z.instanceof(Uint8Array).refine((column) => column.every((one) => one < count), 'out of range')
const schema = z.object({
  row: within(importedRowIds.length), world: within(worldIds.length), weight: z.instanceof(Float64Array), single: z.boolean(),
  type: z.object({ name: z.string(), unit: z.enum(['count', 'cycles', 'nanoseconds', 'bytes']), kind: z.enum(['sampled', 'true']) }),
}).refine(({ row, world, weight }) => row.length === weight.length && world.length === weight.length, 'columns of different lengths')

function parse(request: unknown): ClassifiedSamples {
  const parsed = schema.safeParse(request)
  if (parsed.success) return parsed.data
  const { path, message } = parsed.error.issues[0]!
  throw new PlainErrorException({ what: `There is no table of that: ${path.join('.')}: ${message}.` })
}

function* work(samples: ClassifiedSamples): ExperimentWork<'imported-table'> {
  yield { done: 0, total: 1, unit: 'runs' }
  return importedTable(samples)
}
