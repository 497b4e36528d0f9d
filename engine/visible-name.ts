import { fnv1a } from './fnv1a'

/** Letters of a name that are kept: the longest symbol of C++ templates that anybody showed us has some 6,000. */
export const longestName = 10_000

/**
 * What a screen would not show, or would let change what stands beside it: control characters (an escape sequence on a
 * terminal), line ends, marks that turn the direction of text (Trojan Source, CVE-2021-42574), what has no width, halves
 * of a letter. Joiners of scripts and emoji stay.
 */
const unseen = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}]/u
const everyUnseen = new RegExp(unseen.source, 'gu')

/** By its number, which every font can show; most have no pictures of control characters. */
function seen(letter: string): string {
  return `⟨U+${letter.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}⟩`
}

/**
 * A name out of a file or of a file, as everything here shows and writes it: nothing in it is unseen, and it is no longer
 * than `longestName`. Different names stay different, but for those that differ only behind that; one without anything
 * of that kind is itself. What comes out goes through unchanged.
 */
export function visibleName(name: string): string {
  const text = unseen.test(name) ? name.replace(everyUnseen, seen) : name
  return text.length <= longestName ? text : cut(text)
}

/** So that two long names with one beginning are not taken for each other, their length and a sum are a part of it. */
function cut(text: string): string {
  const end = `… (${text.length.toLocaleString('en')} characters, ${fnv1a(text).toString(16).padStart(8, '0')})`
  const kept = text.slice(0, longestName - end.length)
  // not between the halves of a letter
  return `${/[\ud800-\udbff]$/.test(kept) ? kept.slice(0, -1) : kept}${end}`
}

/** The same of a text of several lines, such as an error that quotes a name: its own line ends stay. */
export function visibleText(text: string): string {
  return text.split('\n').map(visibleName).join('\n')
}
