import type { ExperimentWork } from '../../experiment-kinds'
import type { LancePorts } from '../../machine/guest/pcnet32'
import { Csr0 } from '../../machine/lance'
import { PlainErrorException } from '../../plain-error'
import type { Experiment } from '../experiment'
import { Simulation } from '../simulation'
import { parseAgain, toTheEnd } from './again'
import type { AgainRequest, PortsResult } from './types'

/** Accesses of the virtual card's ports by register, counted while the run is simulated once more. */
export const portsExperiment: Experiment<'ports'> = { rank: 'interactive', parse: parseAgain, run: countPorts }

export function* countPorts({ scenario }: AgainRequest): ExperimentWork<'ports'> {
  // profilers change nothing that is counted here
  const simulation = new Simulation({ ...scenario, samplerHz: 0, probes: 'free' })
  const { lancePorts, counts } = simulation.machine
  if (!lancePorts) {
    throw new PlainErrorException({ what: 'A native run has no virtual card, so no port accesses.', todo: 'Choose a run of a virtual machine.' })
  }
  const seen = new PortCounts(lancePorts)
  yield* toTheEnd(simulation)
  return { ...seen.result(), interrupts: counts.lanceIrqs }
}

/** Stands between the driver and the ports, so that no other run pays for it. The card's set-up is over by then. */
class PortCounts {
  private readonly counts = new Map<string, number>()
  private rap = 0
  private redundantRap = 0
  private frames = 0

  constructor(ports: LancePorts) {
    const outRap = ports.outRap.bind(ports)
    const inRap = ports.inRap.bind(ports)
    const outRdp = ports.outRdp.bind(ports)
    const inRdp = ports.inRdp.bind(ports)
    ports.outRap = (value) => {
      this.count('RAP W')
      if (value === this.rap) this.redundantRap++
      this.rap = value
      outRap(value)
    }
    ports.inRap = () => {
      this.count('RAP R')
      return inRap()
    }
    ports.outRdp = (value) => {
      this.count(`RDP W CSR${this.rap}`)
      if (this.rap === 0 && (value & Csr0.Tdmd) !== 0) this.frames++
      outRdp(value)
    }
    ports.inRdp = () => {
      this.count(`RDP R CSR${this.rap}`)
      return inRdp()
    }
  }

  result(): Omit<PortsResult, 'interrupts'> {
    const registers = [...this.counts].map(([register, count]) => ({ register, count }))
      .sort((a, b) => b.count - a.count || (a.register < b.register ? -1 : 1))
    return { frames: this.frames, registers, redundantRap: this.redundantRap }
  }

  private count(register: string): void {
    this.counts.set(register, (this.counts.get(register) ?? 0) + 1)
  }
}
