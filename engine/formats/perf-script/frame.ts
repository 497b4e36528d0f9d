import { GrowingInts } from '../../growing'
import { ByteInterner } from '../intern'

/** What a line of a call chain says, apart from its address and the offset in the function. */
export interface FrameText {
  /** '' where the line has none. */
  symbol: string
  /** null where the line has none. */
  module: string | null
  inlined: boolean
}

const blank = 32
const tab = 9
const open = 40
const close = 41
const plus = 43
const zero = 48
const letterX = 120
const inlinedMark = new TextEncoder().encode(' (inlined)')
const decoder = new TextDecoder()

/**
 * Numbers for the lines `<hex address> <symbol>[+0x<hex>] [(<module>)] [(inlined)]`. Lines that differ in address and
 * offset only have the same number, and become strings once.
 */
export class FrameLines {
  /** By number. */
  readonly texts: FrameText[] = []
  /** 1 where there is no symbol. */
  readonly unknown = new GrowingInts()
  private readonly lines = new ByteInterner()

  /** -1 when the line is no frame. */
  id(bytes: Uint8Array, start: number, end: number): number {
    let at = skipBlanks(bytes, start, end)
    const address = at
    while (at < end && isHex(bytes[at]!)) at++
    if (at === address || (at < end && bytes[at] !== blank && bytes[at] !== tab)) return -1
    return this.idOfText(bytes, skipBlanks(bytes, at, end), end)
  }

  private idOfText(bytes: Uint8Array, start: number, end: number): number {
    let middle = end
    const paren = moduleStart(bytes, start, end)
    if (paren >= 0) middle = paren
    while (middle > start && bytes[middle - 1] === blank) middle--
    const behind = middle
    middle = withoutOffset(bytes, start, middle)
    const id = this.lines.idOfParts(bytes, start, middle, behind, end)
    if (id === this.texts.length) {
      const text = parseFrameText(bytes, start, end)
      this.texts.push(text)
      this.unknown.push(text.symbol === '' || text.symbol === '[unknown]' ? 1 : 0)
    }
    return id
  }
}

function parseFrameText(bytes: Uint8Array, start: number, lineEnd: number): FrameText {
  let end = lineEnd
  while (end > start && bytes[end - 1] === blank) end--
  const inlined = endsWith(bytes, start, end, inlinedMark)
  if (inlined) end -= inlinedMark.length
  const paren = moduleStart(bytes, start, end)
  let symbolEnd = paren < 0 ? end : paren
  while (symbolEnd > start && bytes[symbolEnd - 1] === blank) symbolEnd--
  symbolEnd = withoutOffset(bytes, start, symbolEnd)
  return {
    symbol: decoder.decode(bytes.subarray(start, symbolEnd)), module: paren < 0 ? null : decoder.decode(bytes.subarray(paren + 1, end - 1)),
    inlined,
  }
}

function skipBlanks(bytes: Uint8Array, at: number, end: number): number {
  while (at < end && (bytes[at] === blank || bytes[at] === tab)) at++
  return at
}

function isHex(byte: number): boolean {
  return (byte >= 48 && byte <= 57) || (byte >= 97 && byte <= 102)
}

function endsWith(bytes: Uint8Array, start: number, end: number, mark: Uint8Array): boolean {
  if (end - start < mark.length) return false
  for (let i = 0; i < mark.length; i++) if (bytes[end - mark.length + i] !== mark[i]) return false
  return true
}

/**
 * Where the parenthesis of the module opens: the one that matches the line's last character, so that both a symbol's
 * own parentheses and those of a path ('/x/my (copy)/a.out') stay whole. It follows a blank or begins the text.
 */
function moduleStart(bytes: Uint8Array, start: number, end: number): number {
  if (end <= start || bytes[end - 1] !== close) return -1
  let depth = 0
  for (let at = end - 1; at >= start; at--) {
    if (bytes[at] === close) depth++
    else if (bytes[at] === open && --depth === 0) return at === start || bytes[at - 1] === blank ? at : -1
  }
  return -1
}

/** Before `+0x<hex>` at the end of a symbol: the function is meant, not the instruction. */
function withoutOffset(bytes: Uint8Array, start: number, end: number): number {
  let at = end
  while (at > start && isHex(bytes[at - 1]!)) at--
  const mark = at - 3
  const marked = at < end && mark > start && bytes[mark] === plus && bytes[mark + 1] === zero && bytes[mark + 2] === letterX
  return marked ? mark : end
}
