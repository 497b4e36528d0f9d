import { commandIds, commands, placeTitles, type CommandId, type CommandPlace } from '../../engine/commands'
import { setDialog } from '../state/actions-view'
import { Dialog } from '../widgets/Dialog'
import { Keys } from './Keys'
import './keys.css'

const places = Object.keys(placeTitles) as CommandPlace[]

function withKeys(where: CommandPlace): CommandId[] {
  return commandIds.filter((id) => commands[id].where === where && commands[id].keys.length > 0)
}

/** Every key, made from the map that the menu, the handlers and the palette use; printed, it is all that is printed. */
export function KeyboardHelp() {
  return (
    <Dialog title="Keyboard" onClose={() => setDialog('none')}>
      <div className="keys" tabIndex={0} role="region" aria-label="All keys" data-testid="keyboard-help">
        {places.filter((where) => withKeys(where).length > 0).map((where) => (
          <section key={where}>
            <h3>{placeTitles[where]}</h3>
            <table>
              <caption className="visually-hidden">Keys: {placeTitles[where]}</caption>
              <tbody>
                {withKeys(where).map((id) => (
                  <tr key={id}>
                    <th scope="row"><Keys keys={commands[id].keys} /></th>
                    <td>{commands[id].does ?? commands[id].title}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        ))}
      </div>
      <p className="keys-print"><button type="button" className="button" onClick={() => window.print()}>Print…</button></p>
    </Dialog>
  )
}
