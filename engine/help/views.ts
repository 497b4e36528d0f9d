import type { ViewId } from '../session/document'

/**
 * "What am I looking at?" of each view, in three to five sentences: what is drawn, what its figures are of, and the
 * first thing to try. The window shows them (renderer/help) and the user guide quotes them (test/unit/docs).
 */
export const viewHelp: Record<ViewId, readonly string[]> = {
  flame: [
    'Each box is a function on the call stack, as wide as its share of the time named in the header; what it called is below it.',
    'The order from left to right means nothing: width is the only measure, and colour is the world (guest, VMM, host) in which the time went.',
    'A sampled share comes with its interval; for a simulated run the true share is there too.',
    'Click a box to zoom to it, press Escape to go back, and look at the inspector for what the function costs and why.',
  ],
  table: [
    'These are the rows of the paper\'s Table 2: where the time of a transfer goes, as shares of total time and, in the second scope, of VMM time.',
    'A whisker is the 95 % interval of a sampled share; † marks a figure derived from sampling and direct measurement, and a click shows the steps.',
    'Figures in italics are the paper\'s, for the one scenario that it measured; the truth comes from the simulation\'s own books.',
    'The rows do not add up to 100, because the paper lists the largest only.',
  ],
  timeline: [
    'Time runs from left to right, with a lane each for the guest, the VMM, the VMApp, the host kernel, the network card and the wire.',
    'Nothing was recorded in this detail: what is on screen is simulated again from a checkpoint while you zoom, down to single cycles.',
    'Below the lanes are interrupts, world switches, samples and counters.',
    'Zoom with the wheel, mark a range with Shift and drag, and press Enter to see only that range in the other views.',
  ],
  packet: [
    'This is one packet\'s way from send() to its acknowledgement, hop by hop, with the time and the world switches of each hop.',
    'Beside each hop stand the 5th, 50th and 95th percentile over all packets of the run, so that an odd packet can be told from a usual one.',
    'Step to the next packet, to the fastest, the median or the slowest, or to one that an interrupt caught in the middle.',
  ],
  compare: [
    'Two runs, A above B, on the same scale, with the difference below them: blue boxes take less time in B, red ones more, whatever is good or bad.',
    'The table below them says for each row whether the difference is real: its interval, and a verdict in words.',
    'One run a side tells sampling error only; several seeds a side also tell how runs differ.',
    'The ladder goes from version 2.0 to optimized one optimization at a time, and says what each took away a packet and from which row.',
  ],
  sweeps: [
    'A sweep is many runs in the background: throughput against the size of a send, which is the paper\'s Figure 6, and guest idle by configuration.',
    'A point is the mean over several seeds, and its error bar is the 95 % interval over them.',
    'Open the run of a point to see it in every other view; a sweep that is cancelled keeps the points it has.',
  ],
  'what-if': [
    'Move the clock, the link or a cost of the model, or switch an optimization: the machine is simulated again while you drag.',
    'Icicle, rows and throughput follow, against the baseline that was pinned; a run of 10 MB stands behind each move.',
    'What matters most ranks the costs by how far the result moves with each of them.',
    'Anything outside the paper\'s scenarios is a prediction, and no run changes until you keep one.',
  ],
  method: [
    'This view is about the instruments, not the machine: how far sampling and direct measurement can be believed for this run.',
    'A simulation knows the truth, so each row stands here as sampled, as measured directly and as derived, against it.',
    'It also shows whether the samples keep step with something periodic, what watching changed, and how many samples a wanted precision takes.',
  ],
  notes: [
    'Text on the whole session, and notes that are pinned to what they are about: a run, a row, a frame or a range of time.',
    'A click on what a note is pinned to goes there.',
    'Notes are saved with the session and printed in its report.',
  ],
}

/** A step of the tour of the window: the view to be in, and what to see there. */
export interface TourStep {
  view: ViewId
  title: string
  text: string
}

export const tour: readonly TourStep[] = [
  {
    view: 'compare', title: 'The paper\'s comparison',
    text: 'Two simulated runs: 100 MB sent from a virtual machine, version 2.0 above and with the paper\'s three optimizations below. The difference is drawn under them, and the table below says what is real.',
  },
  {
    view: 'flame', title: 'Where the time goes',
    text: 'One run as a flame: a box is a function, as wide as its share. Click one, and the panel beside it says which costs it spends and where their figures come from. Escape zooms out.',
  },
  {
    view: 'table', title: 'The same as Table 2',
    text: 'The rows of the paper with their intervals, the truth of the simulation and the paper\'s own figures. A dagger opens the rule by which two instruments make one figure.',
  },
  {
    view: 'what-if', title: 'What would help',
    text: 'Drag a cost, and the machine is simulated again while you drag. On the left you change the scenario itself; Ctrl+Enter runs it and adds it to the list.',
  },
  {
    view: 'compare', title: 'Your own profiles',
    text: 'Drop perf, pprof, speedscope or other profiles on the window; two at once are compared. File > Open Sample has real ones. F1 shows all keys, Shift+F1 explains the view you are in, and Help > Tour comes back here.',
  },
]
