import { Books } from './books'
import { Clock, Slot } from './clock'
import { type MachineConfig, featuresOf, guestCosts } from './config'
import { Counts } from './counts'
import { Fn } from './functions'
import { Interrupts, lanceIrq } from './guest/irq'
import { Kernel } from './guest/kernel'
import { Nettest } from './guest/nettest'
import { type LancePorts, Pcnet32, guestMemoryWords } from './guest/pcnet32'
import { Tcp } from './guest/tcp'
import { HostKernel } from './host/kernel'
import { HostLine } from './host/lines'
import { HostNic } from './host/nic'
import { VmApp } from './host/vmapp'
import { VmDriver } from './host/vmdriver'
import { Vmnet } from './host/vmnet'
import { Lance } from './lance'
import { Native } from './native'
import { Probes } from './probes'
import type { SampleObserver } from './observer'
import { zeroCycles } from './one-shape'
import { PacketRing } from './packets'
import { Peer } from './peer'
import { Pic } from './pic'
import { Random } from './random'
import type { Scenario } from './scenario'
import { HostedInterrupts } from './vmm/hosted-interrupts'
import { Monitor } from './vmm/monitor'
import { Ports } from './vmm/ports'
import { SendCombining } from './vmm/send-combining'
import { Wire } from './wire'

/** Streams of the seeded generator: one for each thing that is dithered, so that they do not disturb each other. */
const Stream = { Peer: 1, InterruptLatency: 2, TimerPhase: 3, Wire: 4 } as const

/** The simulated computer with its virtual machine, its network and the other PC: puts the parts together. */
export class Machine {
  readonly books = new Books()
  readonly clock = new Clock(this.books)
  readonly counts = new Counts()
  readonly probes: Probes
  /** Cycles at which the host's timer ticks. */
  tick = { first: 0, period: 1 }
  readonly outbound = new PacketRing()
  readonly inbound = new PacketRing()
  readonly tcp: Tcp
  readonly nettest: Nettest
  /** Absent on a native machine. */
  readonly vmnet: Vmnet | null = null
  readonly peer: Peer
  readonly nic: HostNic
  readonly wire: Wire
  /** The devices of the virtual machine that a counter shows. */
  private virtual: { pic: Pic; combining: SendCombining } | null = null
  /** The virtual card's ports as the guest's driver reaches them: who wants to count its accesses does so here. */
  lancePorts: LancePorts | null = null
  /** Parts that no field of another one holds: with them all state of the machine can be reached from here. */
  readonly parts: object[] = []
  private nextTick = zeroCycles

  constructor(readonly config: MachineConfig, readonly scenario: Scenario) {
    const { clock, counts } = this
    const probes = new Probes(clock, scenario.probes === 'tsc' ? config.costs.probePair : 0)
    this.probes = probes
    const random = (stream: number) => new Random(scenario.seed, stream)
    const hosted = scenario.vm === 'hosted'
    const guestCost = guestCosts(config.costs, hosted)
    const features = featuresOf(scenario)
    const root = this.books.call(0, hosted ? Fn.VmmTime : Fn.Host)

    const kernel = new Kernel(clock, guestCost, counts, probes, this.books.call(root, Fn.IdleTask))
    this.tcp = new Tcp(clock, guestCost, counts, kernel, this.outbound, this.inbound, config.windowSegments)
    const wire = new Wire(clock, config, this.outbound, this.inbound, random(Stream.Wire))
    this.wire = wire
    this.peer = new Peer(clock, config, wire, this.outbound, this.inbound, random(Stream.Peer),
      scenario.direction === 'receive' ? scenario.bytes : 0)
    const nic = new HostNic(clock, config, wire, this.outbound, random(Stream.InterruptLatency))
    this.nic = nic
    wire.atHost = () => nic.received()
    this.startTimer(random(Stream.TimerPhase))

    if (hosted) this.vmnet = this.virtualMachine(kernel, guestCost, features, nic, root)
    else {
      const native = new Native(clock, config.costs, counts, probes, kernel, this.tcp, nic)
      kernel.platform = native
      this.tcp.driver = native
      clock.interrupts(native)
    }
    this.nettest = new Nettest(clock, guestCost, kernel, this.tcp, this.books.call(root, Fn.Nettest),
      scenario.direction, scenario.sendSize, scenario.bytes)
  }

  private virtualMachine(
    kernel: Kernel, guestCost: MachineConfig['costs'], features: ReturnType<typeof featuresOf>, nic: HostNic, root: number,
  ): Vmnet {
    const { clock, counts, probes, config } = this
    const cost = config.costs
    const memory = new Uint32Array(guestMemoryWords)
    const pic = new Pic()
    const lance: Lance = new Lance(memory, {
      interruptLine: (level) => pic.setLine(lanceIrq, level),
      transmitDemand: () => {}, // the VMApp looks at the ring when it is asked to, see vmm/ports.ts
    })
    const combining = new SendCombining(features, Math.round((config.mhz * 1e6) / config.timerHz))
    const hostKernel = new HostKernel(clock, cost, counts, probes, nic)
    const vmnet = new Vmnet(clock, cost, features, counts, probes, nic, this.outbound)
    const monitor = new Monitor(clock, cost, features, counts, probes, pic, root)
    const vmDriver = new VmDriver(clock, cost, counts, probes, combining)
    const vmApp = new VmApp(clock, cost, features, counts, probes, lance, pic, vmnet, nic, hostKernel, this.outbound, this.inbound, combining)
    const ports = new Ports(clock, cost, features, counts, probes, lance, pic, monitor, vmDriver, vmApp, combining)
    const pcnet = new Pcnet32(clock, guestCost, counts, memory, ports, kernel, this.tcp, probes, features.idealizedNic)
    const interrupts = new Interrupts(counts, ports, monitor, kernel, pcnet, () => this.tcp.tick())

    this.virtual = { pic, combining }
    this.lancePorts = ports
    this.parts.push(interrupts)
    pic.setLevelTriggered(lanceIrq)
    interrupts.initialise((port, value) => pic.write(port, value))
    pcnet.open(lance)
    monitor.hostKernel = hostKernel
    monitor.vmApp = vmApp
    monitor.vmDriver = vmDriver
    monitor.dispatch = (irq) => interrupts.dispatch(irq)
    kernel.platform = monitor
    this.tcp.driver = pcnet
    clock.interrupts(new HostedInterrupts(vmDriver, monitor, hostKernel))
    return vmnet
  }

  /** Lets a sampler watch; one that costs raises interrupts of its own. */
  observe(observer: SampleObserver): void {
    this.clock.observe(observer, this.config.costs.samplerInterrupt, () => { this.clock.pending |= HostLine.Profiler })
  }

  /** Packets that send combining holds back. */
  get queuedPackets(): number {
    return this.virtual ? this.virtual.combining.queued : 0
  }

  /** Interrupts that the virtual controllers have been asked for and the guest has not taken. */
  get pendingVirtualIrqs(): number {
    return this.virtual ? this.virtual.pic.requests() : 0
  }

  /** Data segments sent and not acknowledged, by whoever sends data. */
  get framesInFlight(): number {
    return this.scenario.direction === 'send' ? this.tcp.segmentsInFlight() : this.peer.segmentsInFlight
  }

  /** How many of them there may be: the smaller of congestion window and the other side's window, segments. */
  get sendWindow(): number {
    return this.scenario.direction === 'send' ? this.tcp.windowSegments : this.peer.windowSegments
  }

  private startTimer(random: Random): void {
    const period = Math.round((this.config.mhz * 1e6) / this.config.timerHz)
    this.nextTick = random.between(1, period)
    this.tick = { first: this.nextTick, period }
    this.clock.attach(Slot.HostTimer, {
      fire: () => {
        this.clock.pending |= HostLine.Timer
        this.nextTick += period
        this.clock.schedule(Slot.HostTimer, this.nextTick)
      },
    })
    this.clock.schedule(Slot.HostTimer, this.nextTick)
  }
}
