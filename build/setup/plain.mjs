// Steps tell what they do in one plain line with the seconds taken; faults tell what to do next.

export class SetupFault extends Error {
  constructor(what, todo, exitCode = 1) {
    super(what)
    this.todo = todo
    this.exitCode = exitCode
  }
}

export const seconds = (milliseconds) => `${(milliseconds / 1000).toFixed(1)} s`

let quiet = false
export const setQuiet = (value) => {
  quiet = value
}

export const say = (line) => {
  if (!quiet) process.stdout.write(`${line}\n`)
}

/** Runs one step; what it returns may carry `note`, the words to print beside its name. */
export const step = async (name, run) => {
  const began = performance.now()
  try {
    const result = await run()
    say(`  ${name}: ${result?.note ?? 'done'} (${seconds(performance.now() - began)})`)
    return result
  } catch (error) {
    say(`  ${name}: failed (${seconds(performance.now() - began)})`)
    throw error
  }
}

/** Prints a fault for people and gives the exit code; an unexpected error keeps its stack. */
export const reportFault = (error) => {
  if (error instanceof SetupFault) {
    process.stderr.write(`\n${error.message}\n`)
    if (error.todo) process.stderr.write(`What to do: ${error.todo}\n`)
    return error.exitCode
  }
  process.stderr.write(`\n${error?.stack ?? error}\n`)
  return 1
}
