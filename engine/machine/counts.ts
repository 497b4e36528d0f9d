/** Plain counters of what happened; nothing is derived from them inside the machine. */
export class Counts {
  worldSwitches = 0
  guestIrqs = 0
  hostIrqsInVmm = 0
  hostIrqsInHost = 0
  guestContextSwitches = 0
  rapAccesses = 0
  rdpAccesses = 0
  /** Lance accesses that left for the host. */
  switchingAccesses = 0
  picAccesses = 0
  vmnetTransmits = 0
  vmnetReceives = 0
  selectCalls = 0
  bitvectorChecks = 0
  transmitPolls = 0
  queuedTransmits = 0
  forcedSwitches = 0
  privilegedInstructions = 0
  transitions = 0
  halts = 0
  /** Passes of the guest's Lance interrupt handler, the first of each interrupt included. */
  handlerPasses = 0
  lanceIrqs = 0
  timerIrqs = 0
  packetsSent = 0
  packetsReceived = 0
  hostNicIrqs = 0
  hostTimerIrqs = 0
  ringFull = 0
}
