import { useWindowKeys } from '../keys/use-keys'
import { KeyboardHelp } from '../keys/KeyboardHelp'
import { Palette } from '../keys/Palette'
import { Tour } from '../help/Tour'
import { ViewHelp } from '../help/ViewHelp'
import { useWorkbench } from '../state/store'
import { About } from './About'
import { Banners } from './Banners'
import { Diagnostics } from './Diagnostics'
import { FileDrop } from './FileDrop'
import { ExportDialog } from './ExportDialog'
import { NoteDialog } from './NoteDialog'
import { RecordingHelp } from './RecordingHelp'
import { StatusBar } from './StatusBar'
import { Workspace } from './Workspace'
import './app.css'

export function App() {
  useWindowKeys()
  const dialog = useWorkbench((state) => state.dialog)
  return (
    <FileDrop>
      <Banners />
      <Workspace />
      <StatusBar />
      {dialog === 'keyboard' && <KeyboardHelp />}
      {dialog === 'about' && <About />}
      {dialog === 'diagnostics' && <Diagnostics />}
      {dialog === 'palette' && <Palette />}
      {dialog === 'recording' && <RecordingHelp />}
      {dialog === 'note' && <NoteDialog />}
      {dialog === 'export' && <ExportDialog />}
      {dialog === 'help' && <ViewHelp />}
      <Tour />
    </FileDrop>
  )
}
