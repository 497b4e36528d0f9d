import { commands, type WindowCommand } from '../../../engine/commands'
import { runColourIds, type SessionRun } from '../../../engine/session/document'
import { colourOf, colourRun, compareRuns } from '../../state/actions-run-list'
import { selectRun } from '../../state/actions-runs'
import { startNote } from '../../state/actions-notes'
import { perform } from '../../state/commands'
import type { MenuItem } from '../../widgets/Menu'
import { RunSwatch } from '../../widgets/RunSwatch'

/** Everything that can be done with one run. */
export function menuOf(run: SessionRun, runs: readonly SessionRun[]): MenuItem[][] {
  const own = (id: WindowCommand): MenuItem => ({
    id, label: commands[id].title, keys: commands[id].keys[0],
    run: () => {
      selectRun(run.id)
      perform(id)
    },
  })
  const simulated = run.kind === 'simulated'
  const colour = colourOf(run)
  return [
    [own('run.rename'), { id: 'note', label: 'Note on It…', keys: undefined, run: () => startNote([{ kind: 'run', run: run.id }]) }],
    simulated ? [own('run.to-editor'), own('run.other-seed'), own('run.other-seeds'), own('run.verify')] : [],
    runs.filter((other) => other.id !== run.id).slice(0, 12).map((other) => ({
      id: `compare-${other.id}`, label: `Compare with ${other.name}`, run: () => compareRuns(run.id, other.id),
    })),
    [
      ...runColourIds.map((id): MenuItem => ({
        id: `colour-${id}`, label: `Colour: ${id}`, mark: <RunSwatch colour={id} />, checked: id === colour,
        run: () => colourRun(run.id, id),
      })),
      { id: 'colour-none', label: 'No colour', checked: colour === null, run: () => colourRun(run.id, null) },
    ],
    [own('run.up'), own('run.down')],
    [own('run.delete')],
  ]
}
