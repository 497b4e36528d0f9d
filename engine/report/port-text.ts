import type { PortsResult } from '../experiments/method/types'
import { fixed, whole } from '../figure-text'
import type { LoadReport } from '../formats/load-report'
import type { CardReport } from '../formats/qemu-trace/cards'
import type { PcnetReport } from '../formats/qemu-trace/pcnet'
import type { RegisterCount } from '../formats/qemu-trace/transfer'
import { portCells, portHead, portRows } from './port-rows'

/** What a QEMU log says of network cards, a sentence a line; empty where it says nothing. */
export function cardSentences({ pcnet, cards = [] }: Pick<LoadReport, 'pcnet' | 'cards'>): string[] {
  return [...(pcnet ? ofPcnet(pcnet) : []), ...cards.flatMap(ofCard)]
}

function ofPcnet({ family, loggedTwice, frames, interrupts, interruptsInTransfer, rapWrites, redundantRap, accessesInTransfer, registers }: PcnetReport): string[] {
  const accesses = registers.reduce((sum, { all }) => sum + all, 0)
  const perFrame = (count: number) => fixed(count / Math.max(1, frames - 1), 2)
  return [
    `pcnet: ${whole(accesses)} accesses of its ports, ${whole(frames)} frames sent, ${interrupts === 0 ? 'no interrupts logged' : `${whole(interrupts)} interrupts`}; ${countedOnce(family, loggedTwice)}`,
    ...(frames > 1 ? [`pcnet: from the first frame to the last ${perFrame(accessesInTransfer)} accesses and ${perFrame(interruptsInTransfer)} interrupts for each frame`] : []),
    ...(rapWrites > 0 ? [`pcnet: ${whole(redundantRap)} of ${whole(rapWrites)} address writes (${fixed((100 * redundantRap) / rapWrites, 1)} %) choose the register that is chosen already`] : []),
  ]
}

function ofCard({ card, family, loggedTwice, kicks, kicksInTransfer, interrupts, interruptsInTransfer, transfer }: CardReport): string[] {
  const interrupt = card === 'e1000' ? 'reads of its interrupt cause' : 'interrupts asked for'
  return [
    `${card}: ${whole(kicks)} kicks to send, ${whole(interrupts)} ${interrupt}; ${countedOnce(family, loggedTwice)}`,
    `${card}: ${whole(kicksInTransfer)} and ${whole(interruptsInTransfer)} of them in the transfer (${transfer}). A kick may be for several frames, which the log does not have`,
  ]
}

function countedOnce(family: 'device' | 'region', again: number): string {
  if (family === 'region') return 'counted by the events of its memory region'
  return again === 0 ? 'counted by its own events' : `counted by its own events; ${whole(again)} of its memory region log the same once more and are not counted`
}

/** Registers of each card: how often in the whole log and in the transfer. */
export function cardRegisters({ pcnet, cards = [] }: Pick<LoadReport, 'pcnet' | 'cards'>): { card: string; registers: RegisterCount[] }[] {
  return [...(pcnet ? [{ card: 'pcnet', registers: pcnet.registers }] : []), ...cards.map(({ card, registers }) => ({ card, registers }))]
}

/** The side-by-side with a simulated run as rows of text, its head first. */
export function portTable(log: PcnetReport, simulated: PortsResult): string[][] {
  return [[...portHead], ...portRows(log, simulated).map(portCells)]
}
