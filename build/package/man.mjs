// worldswitch(1), made from what the program says of itself.

/** A line of roff that says exactly this: backslashes, hyphens and leading dots mean something to it. */
const roff = (line) => line.replaceAll('\\', '\\e').replaceAll('-', '\\-').replace(/^([.'])/, '\\&$1')

const block = (text) => ['.nf', ...text.trimEnd().split('\n').map(roff), '.fi'].join('\n')

/** `commands`: name and the text of its `--help`, in the order of the program's own list. */
export const manPage = ({ version, date, description, commands }) => [
  `.TH WORLDSWITCH 1 "${date}" "worldswitch ${version}" "User Commands"`,
  '.SH NAME',
  `worldswitch \\- ${roff(description)}`,
  '.SH SYNOPSIS',
  '.B worldswitch', '[\\fIFILE\\fR ...]', '.br',
  '.B worldswitch', '\\fICOMMAND\\fR [\\fIOPTION\\fR ...]',
  '.SH DESCRIPTION',
  'With files, or with nothing, a window opens; sessions (.wsprof) are opened and profiles are added to them. A second',
  'start hands its files to the window that is open. A file that is called like a command is opened as ./NAME.',
  '.PP',
  'With a command nothing is opened: it prints, writes what it was asked to, and ends. Wrong input is one line on the',
  'standard error and exit status 2; a defect of the program is status 3.',
  '.SH WINDOW OPTIONS',
  '.TP', '.B \\-\\-new', 'Begin with an empty session.',
  '.TP', '.B \\-\\-paper', 'Begin with the paper\'s comparison, whatever was open before.',
  '.SH COMMANDS',
  ...commands.flatMap(({ name, help }) => [`.SS ${roff(name)}`, block(help)]),
  '.SH FILES',
  '.TP', '.I ~/.config/Worldswitch', 'Settings, recent files and the log ($XDG_CONFIG_HOME). Removing the package leaves it and all sessions alone.',
  '.SH SEE ALSO',
  '.BR perf\\-script (1),', '.BR pprof (1)', '',
].join('\n')
