/** From a mark to its like, on one line and no more than needed; an apostrophe inside a word is none. */
const quoted = /(?<!\w|\((?:reading|setting) )(?:"[^\n]*?"|'[^\n]*?'|`[^\n]*?`|“[^\n]*?”|‘[^\n]*?’|«[^\n]*?»)(?!\w)/g

/**
 * What may go into a log that a user sends to somebody: no file or name of theirs. Quoted text is left out, and every
 * path that is not below `own` folders (the program's, and that of its settings). Stacks stay, and so does the name of
 * a property that V8 quotes ("reading 'length'"), which is the program's.
 */
export function withoutContent(text: string, own: readonly string[]): string {
  return text
    .replace(quoted, (whole) => (isOwn(whole.slice(1, -1), own) ? whole : `${whole.at(0)}…${whole.at(-1)}`))
    .replace(/(?<![\w/.:])(?:file:\/\/)?\/[^\s"'`()[\],;]+/g, (path) => (isOwn(path.replace(/^file:\/\//, ''), own) ? path : '…'))
}

function isOwn(path: string, own: readonly string[]): boolean {
  return own.some((folder) => path.startsWith(`${folder}/`))
}
