import { setDialog } from '../state/actions-view'
import { useWorkbench } from '../state/store'
import { Dialog } from '../widgets/Dialog'

export function About() {
  const info = useWorkbench((state) => state.info)
  const engine = useWorkbench((state) => state.engine.version)
  return (
    <Dialog title="About Worldswitch" onClose={() => setDialog('none')}>
      <p>Shows where a virtual machine&apos;s network time goes. Simulates the hosted virtual machine monitor of</p>
      <p>
        <em>J. Sugerman, G. Venkitachalam, B.-H. Lim: Virtualizing I/O Devices on VMware Workstation&apos;s Hosted Virtual
        Machine Monitor. USENIX Annual Technical Conference 2001.</em>
      </p>
      {info && (
        <dl className="about-facts">
          <dt>Worldswitch</dt><dd>{info.version}{info.source && `, ${info.source.date}, source ${info.source.revision}`}</dd>
          <dt>Engine</dt><dd>{engine ?? 'not yet ready'}</dd>
          <dt>Electron</dt><dd>{info.electron}, runtime {info.runtime}</dd>
          <dt>Chromium</dt><dd>{info.chrome}, sandbox {info.sandbox}</dd>
        </dl>
      )}
      <p className="quiet">MIT licence. Works without a network.</p>
    </Dialog>
  )
}
