import type { Command } from 'commander'
import { PlainErrorException, plainErrorLine, type PlainError } from '../plain-error'
import type { SimulatedRun } from '../session/document'
import { verification } from '../session/verify'
import type { Verification } from '../session/verify-types'
import { addExamples, addJson } from './describe'
import { exitStatus } from './exit-status'
import { readSession } from './sources'
import { nameOf } from './streams'
import { harmless, type Terminal } from './terminal'

/** Simulated runs are worth what can be found again: each is run anew from its scenario and seed. */
export function addVerify(program: Command, terminal: Terminal): void {
  const command = program.command('verify')
    .description('simulate each run of a session again from its scenario and seed, and compare digest, figures and samples; exit status 1 where they differ')
    .argument('<session>', 'a .wsprof file, or - for standard input')
  addJson(command, 'worldswitch.verify/1')
  addExamples(command,
    ['verify demo.wsprof', 'are the figures of this session what the engine gives?'],
    ['verify --json - < demo.wsprof', 'the same for a script'])
  command.action(async (file: string, { json }: { json?: true }) => {
    const { session, warnings } = await readSession(file)
    const simulated = session.runs.filter((run) => run.kind === 'simulated')
    const recorded = session.runs.length - simulated.length
    if (simulated.length === 0 && warnings.length === 0) {
      throw new PlainErrorException({ what: 'The session has no simulated run: there is nothing to compute again.', where: nameOf(file) })
    }
    const runs = simulated.map((run) => ({ run, found: verified(run, terminal) }))
    terminal.clearProgress()
    if (warnings.length > 0 || runs.some(({ found }) => !isSame(found))) terminal.status = exitStatus.found
    if (json) terminal.json(jsonOf(file, runs, recorded, warnings))
    else terminal.write(textOf(file, runs, recorded, warnings).map(harmless).join('\n'))
  })
}

interface VerifiedRun {
  run: SimulatedRun
  found: Verification
}

function verified(run: SimulatedRun, terminal: Terminal): Verification {
  const work = verification(run)
  for (let step = work.next(); ; step = work.next()) {
    if (step.done) return step.value
    const { done, total } = step.value
    terminal.progress(() => `${run.name}: ${Math.floor((100 * done) / total)} % simulated again`)
  }
}

/** Another engine's digest is another one by its version alone: what counts then are its figures and samples. */
export function isSame({ verdict, differing, sameProfile }: Verification): boolean {
  return verdict === 'equal' || (verdict === 'other-engine' && differing === 0 && sameProfile)
}

function jsonOf(file: string, runs: readonly VerifiedRun[], recorded: number, damage: readonly PlainError[]): unknown {
  return {
    schema: 'worldswitch.verify/1', file: nameOf(file), same: damage.length === 0 && runs.every(({ found }) => isSame(found)),
    runs: runs.map(({ run: { id, name }, found }) => ({ id, name, same: isSame(found), ...found })), recordedRuns: recorded, damage,
  }
}

function textOf(file: string, runs: readonly VerifiedRun[], recorded: number, damage: readonly PlainError[]): string[] {
  return [
    nameOf(file),
    ...runs.flatMap(({ run, found }) => [
      `${isSame(found) ? 'same ' : 'OTHER'}  ${run.name}`, `       stored      ${found.digest.stored}`,
      `       recomputed  ${found.digest.recomputed ?? '-'}`, ...found.words.map((words) => `       ${words}`),
      ...found.differences.map(({ where, stored, recomputed }) => `       ${where}: stored ${stored ?? '-'}, recomputed ${recomputed ?? '-'}`),
      ...(found.differing > found.differences.length ? [`       and ${found.differing - found.differences.length} more`] : []),
    ]),
    ...damage.map((error) => `DAMAGED ${plainErrorLine(error)}`),
    ...(recorded > 0 ? [`${recorded} recorded ${recorded === 1 ? 'run' : 'runs'}: nothing to compute again`] : []), '',
  ]
}
