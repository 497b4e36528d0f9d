/** What the program ends with. */
export const exitStatus = {
  done: 0,
  /** A command that judges has found something: a row regressed, a run is another one than its scenario gives. */
  found: 1,
  /** What was asked for cannot be done: one line on stderr says why. */
  refused: 2,
  /** A defect of Worldswitch. */
  defect: 3,
  /** Ctrl+C, as shells count it: 128 and the signal's number. */
  interrupted: 130,
} as const

/** The same in words, for the reference and the manual page. */
export const exitStatusWords: readonly (readonly [status: number, words: string])[] = [
  [exitStatus.done, 'What was asked for is done, and nothing was found that a command judges by.'],
  [exitStatus.found, 'diff: a row that was named regressed beyond evidence. verify: a run is not what its scenario and seed give.'],
  [exitStatus.refused, 'What was asked for cannot be done: one line on standard error says why, and nothing is written.'],
  [exitStatus.defect, 'A defect of Worldswitch.'],
  [exitStatus.interrupted, 'Ctrl+C; sweep has written the points that were there.'],
]
