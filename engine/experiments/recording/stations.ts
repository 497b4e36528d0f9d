import { MachineEvent } from '../../machine/observer'
import { World } from '../../worlds'
import type { Station } from './types'

/** A station and the event of the machine that marks it. */
export interface StationDefinition extends Station {
  event: MachineEvent
}

const define = (id: string, event: MachineEvent, world: World, label: string, what: string): StationDefinition =>
  ({ id, event, world, label, what })

/** From the program to the other PC. */
const outbound = [
  define('send', MachineEvent.Send, World.Guest, 'send() entered', 'The program calls send() with the first byte of the packet.'),
  define('segment', MachineEvent.SegmentBuilt, World.Guest, 'TCP has a buffer', 'System call entry, earlier segments of the same call, waiting for memory while the socket\'s buffer is full.'),
  define('transmit', MachineEvent.SegmentSent, World.Guest, 'TCP sends', 'The bytes are copied in; the segment waits until the windows let it go.'),
  define('driver', MachineEvent.DriverTakes, World.Guest, 'guest driver has it', 'Headers, IP, start of the driver\'s transmit.'),
  define('demand', MachineEvent.TransmitDemand, World.Guest, 'OUT: transmit demand', 'The driver fills a descriptor and reaches for the card\'s data register.'),
  define('queued', MachineEvent.Queued, World.Vmm, 'queued by send combining', 'The VMM notes the packet and lets the guest go on; no switch for it alone.'),
  define('host', MachineEvent.InHost, World.WorldSwitch, 'VMApp has the access', 'Trap, world switch to the host, return into the VMApp.'),
  define('poll', MachineEvent.RingPolled, World.WorldSwitch, 'VMApp looks at the ring', 'Until the VMApp next looks through the transmit ring: at once, or with the next switch to the host.'),
  define('vmnet', MachineEvent.VmnetTransmitBegins, World.VmApp, 'VMNet transmit begins', 'The Lance\'s transmit path; packets before it in the ring.'),
  define('nic', MachineEvent.NicHas, World.VmNet, 'host NIC has it', 'VMNet\'s call: write(), copy, bridge, start of the card; interrupts that land in it.'),
  define('dma-begins', MachineEvent.DmaBegins, World.Unclassified, 'DMA begins', 'The packet waits for a place in the card\'s FIFO.'),
  define('dma-ends', MachineEvent.DmaEnds, World.Unclassified, 'in the card\'s FIFO', 'The card fetches the frame from memory.'),
  define('wire-begins', MachineEvent.WireOutBegins, World.Unclassified, 'on the wire', 'The frame waits for the one before it.'),
  define('wire-ends', MachineEvent.WireOutEnds, World.Unclassified, 'the peer has it', 'The frame crosses the wire.'),
]

/** From the other PC up to the guest's TCP: of an ACK, or of data. */
function inbound(id: (plain: string) => string, it: 'the ACK' | 'the packet'): StationDefinition[] {
  return [
    define(id('ready'), MachineEvent.PeerReady, World.Unclassified, `the peer sends ${it}`, it === 'the ACK'
      ? 'The peer waits for a second segment or its timer, and takes its time to answer.' : 'The peer wants to send.'),
    define(id('wire-begins'), MachineEvent.WireInBegins, World.Unclassified, `${it} on the wire`, 'It waits for the frame before it.'),
    define(id('wire-ends'), MachineEvent.WireInEnds, World.Unclassified, 'in the host\'s memory', 'The frame crosses the wire and is in the host\'s memory.'),
    define(id('irq'), MachineEvent.NicHandled, World.HostIrq, 'host interrupt', 'Interrupt latency; a world switch first when the VMM runs; the card\'s interrupt handler.'),
    define(id('bridged'), MachineEvent.Bridged, World.HostIrq, 'in VMNet\'s queue', 'netif_rx and the bridge.'),
    define(id('looked'), MachineEvent.Looked, World.VmApp, 'VMApp knows of it', 'Until select(), or the shared bitvector, has told the VMApp.'),
    define(id('read'), MachineEvent.VmnetReceiveBegins, World.VmApp, 'VMNet receive begins', 'Packets before it are given to the guest.'),
    define(id('read-ends'), MachineEvent.VmnetReceiveEnds, World.VmNet, 'in the guest\'s memory', 'VMNet\'s call: read(), copy.'),
    define(id('virtual-irq'), MachineEvent.LanceHas, World.VmApp, 'virtual IRQ raised', 'The Lance\'s receive path: descriptor, interrupt line.'),
    define(id('guest-irq'), MachineEvent.GuestIrq, World.WorldSwitch, 'guest interrupt', 'World switch back, until the VMM delivers the interrupt. Passed over when a handler already runs.'),
    define(id('guest-driver'), MachineEvent.DriverReceives, World.Guest, 'guest driver has it', 'The guest\'s interrupt entry and handler with their register and PIC accesses; copy into a buffer.'),
    define(id('tcp'), MachineEvent.TcpHas, World.Guest, it === 'the ACK' ? 'TCP has the ACK' : 'data in the socket',
      'Bottom half, TCP; later when the socket was locked.'),
  ]
}

const plain = (id: string) => id

/** The stations of a packet that the guest sends, up to the first ACK that covers it, in the order of the way. */
export const sendStations: readonly StationDefinition[] = [...outbound, ...inbound((id) => `ack-${id}`, 'the ACK')]

/** The stations of a packet that the peer sends, up to the return of the recv() that has its last byte. */
export const receiveStations: readonly StationDefinition[] = [
  ...inbound(plain, 'the packet'),
  define('recv', MachineEvent.Received, World.Guest, 'recv() returns', 'The process wakes up, copies the data and leaves the kernel.'),
]
