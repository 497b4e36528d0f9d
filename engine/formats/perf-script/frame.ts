import { ByteInterner } from '../intern'

/** One line of a call chain; the texts are numbers of the reader's interners, -1 for what the line does not say. */
export interface FrameLine {
  symbol: number
  module: number
  inlined: boolean
}

const blank = 32
const tab = 9
const open = 40
const close = 41
const plusZeroX = new TextEncoder().encode('+0x')
const inlinedMark = new TextEncoder().encode(' (inlined)')

/** Reads `<hex address> <symbol>[+0x<hex>] [(<module>)] [(inlined)]` without making strings of what is known. */
export class FrameLines {
  readonly symbols = new ByteInterner()
  readonly modules = new ByteInterner()
  private readonly found: FrameLine = { symbol: -1, module: -1, inlined: false }

  /** The result is overwritten by the next call; null when the line is no frame. */
  parse(bytes: Uint8Array, start: number, end: number): FrameLine | null {
    let at = skipBlanks(bytes, start, end)
    const address = at
    while (at < end && isHex(bytes[at]!)) at++
    if (at === address || (at < end && bytes[at] !== blank && bytes[at] !== tab)) return null
    at = skipBlanks(bytes, at, end)
    while (end > at && bytes[end - 1] === blank) end--
    const inlined = endsWith(bytes, at, end, inlinedMark)
    if (inlined) end -= inlinedMark.length
    const paren = moduleStart(bytes, at, end)
    let symbolEnd = paren < 0 ? end : paren
    while (symbolEnd > at && bytes[symbolEnd - 1] === blank) symbolEnd--
    symbolEnd = withoutOffset(bytes, at, symbolEnd)
    this.found.inlined = inlined
    this.found.symbol = symbolEnd > at ? this.symbols.id(bytes, at, symbolEnd) : -1
    this.found.module = paren < 0 ? -1 : this.modules.id(bytes, paren + 1, end - 1)
    return this.found
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
  const mark = at - plusZeroX.length
  const marked = at < end && mark > start && plusZeroX.every((byte, i) => bytes[mark + i] === byte)
  return marked ? mark : end
}
