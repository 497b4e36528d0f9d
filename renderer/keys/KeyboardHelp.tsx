import { setDialog } from '../state/actions-view'
import { Dialog } from '../widgets/Dialog'
import { keymap, type KeyBinding } from './keymap'
import './keys.css'

const titles = { everywhere: 'Everywhere', flame: 'In a flame or icicle' } as const

/** Every key, made from the map that the handlers use. */
export function KeyboardHelp() {
  const bindings: [string, KeyBinding][] = Object.entries(keymap)
  return (
    <Dialog title="Keyboard" onClose={() => setDialog('none')}>
      <div className="keys">
        {(['everywhere', 'flame'] as const).map((where) => (
          <section key={where}>
            <h3>{titles[where]}</h3>
            <table>
              <caption className="visually-hidden">Keys: {titles[where]}</caption>
              <tbody>
                {bindings.filter(([, binding]) => binding.where === where).map(([id, binding]) => (
                  <tr key={id}>
                    <th scope="row">{binding.keys.map((key) => <kbd key={key}>{key}</kbd>)}</th>
                    <td>{binding.does}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
