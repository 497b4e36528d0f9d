import type { Command } from 'commander'

/** What a command says of itself beyond its options: --help shows it, and the reference and the manual page are made of it. */
export interface Description {
  examples: readonly Example[]
  /** Of what --json prints; docs/cli-json.md has the fields. */
  schema: string | null
}

export interface Example {
  /** Without the program's name, unless it begins with another one. */
  line: string
  why: string
}

const described = new WeakMap<Command, Description>()

export function descriptionOf(command: Command): Description {
  return described.get(command) ?? { examples: [], schema: null }
}

/** `--json`, with the schema that it follows. */
export function addJson(command: Command, schema: string): Command {
  described.set(command, { ...descriptionOf(command), schema })
  return command.option('--json', `print one JSON object instead, schema ${schema}`)
}

/** Examples, each a line to type and what it is good for. */
export function addExamples(command: Command, ...examples: readonly (readonly [line: string, why: string])[]): Command {
  const listed = examples.map(([line, why]) => ({ line, why }))
  described.set(command, { ...descriptionOf(command), examples: listed })
  return command.addHelpText('after', ['', 'Examples:', ...listed.flatMap(({ line, why }) => [`  $ ${typed(line)}`, `      ${why}`])].join('\n'))
}

/** A line of an example as it is typed. */
export function typed(line: string): string {
  return line.includes('worldswitch ') ? line : `worldswitch ${line}`
}
