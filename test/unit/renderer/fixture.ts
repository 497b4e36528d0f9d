import { tableRows } from '../../../engine/paper/rows'
import { rootFrames } from '../../../engine/profile/roots'
import { StackBuilder, type Profile } from '../../../engine/profile/columns'
import { defaultScenario, scenarioName, type Scenario } from '../../../engine/machine/scenario'
import type { RunReport, TableRow } from '../../../engine/run-report'
import type { ImportedRun, SimulatedRun } from '../../../engine/session/document'
import { emptyLoadReport } from '../../../engine/formats/load-report'
import { World } from '../../../engine/worlds'
import { wilson } from '../../../engine/statistics/share'

/** Stacks with counted samples; cycles are 1000 a sample. Hand-made for tests, no figure of any machine. */
export function profileOf(stacks: readonly (readonly [stack: string, world: World, samples: number])[]): Profile {
  const builder = new StackBuilder()
  const ids: number[] = []
  const samples: number[] = []
  for (const [stack, world, count] of stacks) {
    let id = -1
    for (const name of stack.split(';')) id = builder.stackId(id, builder.frameId(name, 'module'), world)
    ids.push(id)
    samples.push(count)
  }
  return {
    name: 'fixture', ...builder.tables(),
    samples: { stack: Int32Array.from(ids), weights: [Float64Array.from(samples), Float64Array.from(samples, (n) => n * 1000)] },
    weightTypes: [{ name: 'samples', unit: 'count', kind: 'sampled' }, { name: 'cycles', unit: 'cycles', kind: 'true' }],
    threads: [], defaultWeight: 0,
  }
}

export function simulatedProfile(idle = 220): Profile {
  const vmm = rootFrames.vmm
  return profileOf([
    [`${vmm};guest idle`, World.GuestIdle, idle],
    [`${vmm};guest;tcp_sendmsg;csum_partial_copy`, World.Guest, 90],
    [`${vmm};guest;pcnet32_start_xmit`, World.Guest, 70],
    [`${vmm};monitor;emulate OUT`, World.Vmm, 110],
    [`${vmm};monitor;raise virtual IRQ`, World.Vmm, 40],
    [`${vmm};world switch`, World.WorldSwitch, 60],
    [`${vmm};host IRQ while idle`, World.HostIrq, 70],
    [`${rootFrames.vmapp};vmnet write`, World.VmNet, 180],
    [`${rootFrames.vmapp};vmnet write;eepro100 interrupt`, World.HostIrq, 30],
    [`${rootFrames.vmapp};select`, World.VmApp, 50],
    [`${rootFrames.host};timer interrupt`, World.HostIrq, 20],
    [`${rootFrames.host};schedule`, World.HostKernel, 10],
  ])
}

export function rowOf(percent: number | null, hits = 0, n = 0, more: Partial<TableRow> = {}): TableRow {
  const interval = n > 0 ? wilson(hits, n) : null
  return {
    id: 'guest-idle', label: 'Guest idle', scope: 'vmm', percent, method: 'sampled',
    ci95: interval && [100 * interval[0], 100 * interval[1]], truthPercent: percent, averageMicroseconds: null,
    status: 'calibrated', paper: null, ...more,
  }
}

export function reportOf(scenario: Scenario, samples = 950): RunReport {
  const table = tableRows.map((definition, index): TableRow => {
    const hits = Math.round(samples / (index + 2))
    return rowOf((100 * hits) / samples, hits, samples, {
      id: definition.id, label: definition.label, scope: definition.scope, status: definition.status,
      ...(definition.id === 'guest-idle' ? { method: 'derived', derivation: ['21.7 of total time', '21.7 / 71.5 = 30.4'] } : {}),
      ...(index % 3 === 0 ? { averageMicroseconds: 22.7, paper: { percent: 17.9, averageMicroseconds: 22.7 } } : {}),
    })
  })
  return {
    schema: 'worldswitch.run/1', engineVersion: '0', scenario, name: scenarioName(scenario), throughputMbps: 94.1,
    simulatedSeconds: scenario.bytes / 11.7e6, idlePercent: { direct: 21.6, truth: 21.5 },
    counts: {
      packetsSent: Math.round(scenario.bytes / 1448), acksReceived: 3400, worldSwitches: 9000, guestIrqs: 4000,
      hostIrqsInVmm: 4000, hostIrqsInHost: 900, guestContextSwitches: 5000, rapAccesses: 0, rdpAccesses: 9000,
      picAccesses: 20000, vmnetTransmits: 6900, selectCalls: 80, segments: 160000,
    },
    vmnetTransmit: { meanMicroseconds: 22.5, isolatedMeanCycles: 15600, nestedIrqsPerCall: 0.2 },
    samples, table, books: { cycles: 1e9, attributed: 1e9 },
  }
}

export function simulatedRun(id: string, more: Partial<Scenario> = {}, idle = 220): SimulatedRun {
  const scenario = { ...defaultScenario, bytes: 10_000_000, ...more }
  const report = reportOf(scenario)
  return { kind: 'simulated', id, name: report.name, report, digest: '0'.repeat(64), profile: simulatedProfile(idle) }
}

export function importedRun(id: string): ImportedRun {
  return {
    kind: 'imported', id, name: 'capture.txt',
    source: { fileName: 'capture.txt', format: 'perf script', report: { ...emptyLoadReport('perf script', 'it begins as perf script does'), samplesKept: 500 } },
    profile: profileOf([['swapper;do_idle', World.HostKernel, 300], ['qemu;kvm_vcpu_run;vmx_vmexit', World.Vmm, 200]]),
  }
}
