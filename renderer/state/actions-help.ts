import { tour } from '../../engine/help/views'
import { setTab } from './actions-view'
import { change } from './store'

/** Shows a step of the tour with the view that it is about; null ends it. A step beyond the last ends it too. */
export function showTourStep(step: number | null): void {
  const shown = step === null ? undefined : tour[step]
  change((state) => { state.shell.tourStep = shown === undefined ? null : step })
  if (shown !== undefined) setTab(shown.view)
}
