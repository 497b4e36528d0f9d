import { Argument, type Command, type Option } from 'commander'
import { descriptionOf, typed, type Example } from './describe'
import { exitStatusWords } from './exit-status'
import { productVersion } from '../version'
import type { Terminal } from './terminal'

/** The program described by itself: docs/cli.md, which a test holds to it, and the package's manual page. */
export function addReference(program: Command, terminal: Terminal): void {
  program.command('reference', { hidden: true })
    .description('print the reference of all commands: docs/cli.md or the manual page')
    .addArgument(new Argument('<form>').choices(['markdown', 'man']))
    .addArgument(new Argument('[date]', 'of the manual page: of what the program was made from'))
    .action((form: 'markdown' | 'man', date?: string) =>
      terminal.write(form === 'man' ? manualPage(program, date ?? '') : markdownReference(program)))
}

interface Described {
  name: string
  usage: string
  about: string
  arguments: { term: string; words: string }[]
  options: { term: string; words: string }[]
  examples: readonly Example[]
  schema: string | null
}

function commandsOf(program: Command): Described[] {
  return program.createHelp().visibleCommands(program).filter((command) => command.name() !== 'help').map((command) => ({
    name: command.name(), usage: `worldswitch ${command.name()} ${command.usage()}`, about: command.description(),
    arguments: command.registeredArguments.map((one) => ({ term: argumentTerm(one), words: wordsOf(one) })),
    options: command.options.filter(({ hidden }) => !hidden).map((option) => ({ term: option.flags, words: wordsOf(option) })),
    ...descriptionOf(command),
  }))
}

function argumentTerm(argument: Argument): string {
  return argument.required ? `<${argument.name()}>` : `[${argument.name()}]`
}

/** What it is, what it may be, and what it is when nothing is said. */
function wordsOf({ description, argChoices, defaultValue }: Argument | Option): string {
  const choices = argChoices ? [`one of ${argChoices.join(', ')}`] : []
  const plain = ['string', 'number', 'boolean'].includes(typeof defaultValue) ? [`default: ${String(defaultValue)}`] : []
  const more = [...choices, ...plain]
  return more.length > 0 ? `${description} (${more.join('; ')})` : description
}

const pipes = 'Wherever a file is taken, - is standard input, and wherever one is written, - is standard output. Results go to standard output, progress and remarks to standard error, progress only when that is a terminal. Nothing is coloured, and no window or display is needed.'

export function markdownReference(program: Command): string {
  const commands = commandsOf(program)
  const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('<', '&lt;')
  const table = (head: string, rows: Described['options']) => (rows.length === 0 ? [] : [
    `| ${head} | |`, '|---|---|', ...rows.map(({ term, words }) => `| \`${term.replaceAll('|', '\\|')}\` | ${cell(words)} |`), '',
  ])
  return [
    '<!-- Made from the program: UPDATE_GOLDEN=1 npx vitest run -c test/vitest.config.ts test/unit/docs/cli.test.ts -->', '',
    '# Command line', '',
    program.description(), '',
    'In a clone, `worldswitch` is `npm run --silent cli --`; an installed package has it in the PATH.', '',
    pipes, '',
    '`--json` prints one JSON object whose `schema` names what is in it: [cli-json.md](cli-json.md) has the fields.', '',
    '| command | what it does |', '|---|---|', ...commands.map(({ name, about }) => `| [${name}](#${name}) | ${cell(about)} |`), '',
    '## Exit status', '', '| status | meaning |', '|---|---|', ...exitStatusWords.map(([status, words]) => `| ${status} | ${words} |`), '',
    ...commands.flatMap(({ name, usage, about, arguments: given, options, examples, schema }) => [
      `## ${name}`, '', `${sentence(about)}.`, '', '```', usage, '```', '',
      ...table('argument', given), ...table('option', options),
      ...(schema === null ? [] : [`JSON: [\`${schema}\`](cli-json.md).`, '']),
      ...(examples.length === 0 ? [] : ['```sh', ...examples.flatMap(({ line, why }) => [`# ${why}`, typed(line)]), '```', '']),
    ]),
  ].join('\n').trimEnd() + '\n'
}

/** For man(7): a backslash, a dash and what begins a request are escaped. */
function roff(text: string): string {
  return text.replaceAll('\\', '\\e').replaceAll('-', '\\-').replace(/^([.'])/gm, '\\&$1')
}

/** What the window takes from its command line: electron/arguments.ts. */
const windowOptions = [
  { term: '--new', words: 'Begin with an empty session.' },
  { term: '--paper', words: 'Begin with the comparison that the paper made, whatever was open before.' },
]

/** `date`: YYYY-MM-DD, or nothing. */
export function manualPage(program: Command, date: string): string {
  const commands = commandsOf(program)
  const terms = (rows: Described['options']) => rows.flatMap(({ term, words }) => ['.TP', `.B ${roff(term)}`, roff(words)])
  return [
    '.\\" Made from the program: worldswitch reference man',
    `.TH WORLDSWITCH 1 "${date}" "worldswitch ${productVersion}" "User Commands"`,
    '.SH NAME', 'worldswitch \\- shows where a virtual machine\'s network time goes',
    '.SH SYNOPSIS', '.B worldswitch', '.RI [ FILE ]...', '.br', '.B worldswitch', '.I COMMAND', '.RI [ OPTION ]...',
    '.SH DESCRIPTION',
    roff('Worldswitch simulates the hosted virtual machine monitor of VMware Workstation cycle by cycle, watches it with a sampling profiler and with direct measurement, and shows where the time of a network transfer goes. Profiles of real machines (perf script, pprof, folded stacks and more) are read too.'),
    '.PP', roff('With files, or with nothing, a window opens; sessions (.wsprof) are opened and profiles are added to them. A second start hands its files to the window that is open. A file that is called like a command is opened as ./NAME.'),
    '.PP', roff(`With a command nothing is opened. ${pipes}`),
    '.SH WINDOW OPTIONS', ...terms(windowOptions),
    '.SH COMMANDS',
    ...commands.flatMap(({ name, usage, about, arguments: given, options }) => [
      `.SS ${roff(name)}`, `.B ${roff(usage)}`, '.PP', `${roff(sentence(about))}.`, ...terms(given), ...terms(options),
    ]),
    '.SH EXIT STATUS',
    ...exitStatusWords.flatMap(([status, words]) => ['.TP', `.B ${status}`, roff(words)]),
    '.SH EXAMPLES',
    ...commands.flatMap(({ examples }) => examples.flatMap(({ line, why }) => ['.TP', `.B ${roff(typed(line))}`, `${roff(sentence(why))}.`])),
    '.SH FILES',
    '.TP', '.I ~/.config/Worldswitch',
    roff('Settings, recent files, copies of unsaved work and the log ($XDG_CONFIG_HOME). Removing the package leaves it and all sessions alone.'),
    '.SH SEE ALSO', '.BR perf (1),', '.BR qemu (1)', '',
  ].join('\n')
}

function sentence(text: string): string {
  const whole = text[0]!.toUpperCase() + text.slice(1)
  return whole.replace(/[.?]$/, '')
}
