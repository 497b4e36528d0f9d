import { RE2JS } from 're2js'

/**
 * How a rule names threads, frames and modules: alternatives apart by ` | `, each of them
 * - text, in which `*` stands for any characters, also none, and `\` takes the next character as it is: `schedule`,
 *   `pcnet_*`, `*.ko`. The whole name must match.
 * - `/expression/` in RE2's syntax, found anywhere in the name: `/^irq\/\d+-eth/`.
 * RE2 (https://github.com/google/re2/wiki/Syntax) has neither look-around nor backreferences and needs time in proportion
 * to the name for every expression, so that no rule can make the window stand still.
 */
export type Matcher = (name: string) => boolean

/** Longer patterns are a mistake. */
const longestPattern = 2000

/** Compiled patterns are few; somebody who types makes more, and nobody needs them again. */
const mostKept = 500
const kept = new Map<string, Matcher | { fault: string }>()

/** The matcher of a pattern, or what is wrong with it in plain words. */
export function matcherOf(pattern: string): Matcher | { fault: string } {
  let found = kept.get(pattern)
  if (found === undefined) {
    if (kept.size >= mostKept) kept.clear()
    kept.set(pattern, found = compile(pattern))
  }
  return found
}

function compile(pattern: string): Matcher | { fault: string } {
  if (pattern.trim() === '') return { fault: 'is empty: leave it out to match everything' }
  if (pattern.length > longestPattern) return { fault: `is longer than ${longestPattern} characters` }
  const exact = new Set<string>()
  const others: Matcher[] = []
  for (const part of alternativesOf(pattern)) {
    if (part === '') return { fault: 'has an empty alternative beside " | "' }
    if (part.startsWith('/')) {
      const expression = expressionOf(part)
      if (typeof expression !== 'function') return expression
      others.push(expression)
    } else if (part.includes('*') || part.includes('\\')) {
      others.push(textWithStars(part))
    } else exact.add(part)
  }
  // thousands of names are asked for each pattern of a set, and most patterns are of one kind
  if (others.length === 0) return (name) => exact.has(name)
  const [only] = others
  if (exact.size === 0 && only && others.length === 1) return only
  return (name) => exact.has(name) || others.some((matches) => matches(name))
}

/** Cut at ` | `, but not inside of an expression. */
function alternativesOf(pattern: string): string[] {
  const parts: string[] = []
  let rest = pattern
  for (;;) {
    const expression = /^\s*\/(?:[^\\/]|\\.)+\/(?=\s*$| \| )/.exec(rest)?.[0].length ?? 0
    const bar = rest.slice(expression).search(/(?: |^)\|(?: |$)/)
    const end = bar < 0 ? rest.length : expression + bar
    parts.push(rest.slice(0, end).trim())
    if (bar < 0) return parts
    // the blank behind the bar stays, so that two bars in a row have an alternative between them
    rest = rest.slice(rest.indexOf('|', end) + 1)
  }
}

function expressionOf(part: string): Matcher | { fault: string } {
  // a path is text, an expression ends as it begins
  if (part.length < 3 || !part.endsWith('/')) return part.includes('*') ? textWithStars(part) : (name) => name === part
  try {
    const compiled = RE2JS.compile(part.slice(1, -1))
    return (name) => compiled.test(name)
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message.replace(/^error parsing regexp: /, '') : String(thrown)
    return { fault: `is no expression that RE2 can read: ${why}` }
  }
}

/** Pieces between the stars, found from left to right: without going back, so at most as long as name times pieces. */
function textWithStars(part: string): Matcher {
  const pieces: string[] = ['']
  for (let i = 0; i < part.length; i++) {
    if (part[i] === '*') pieces.push('')
    else {
      if (part[i] === '\\' && i + 1 < part.length) i++
      pieces[pieces.length - 1] += part[i]!
    }
  }
  const [first, last] = [pieces[0]!, pieces.at(-1)!]
  const inner = pieces.slice(1, -1)
  if (pieces.length === 1) return (name) => name === first
  return (name) => {
    if (name.length < first.length + last.length || !name.startsWith(first) || !name.endsWith(last)) return false
    let at = first.length
    for (const piece of inner) {
      const found = name.indexOf(piece, at)
      if (found < 0) return false
      at = found + piece.length
    }
    return at <= name.length - last.length
  }
}
