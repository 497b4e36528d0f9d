import { ByteInterner } from '../intern'
import type { Head } from './head'

const blank = 32
const tab = 9
const dot = 46
const slash = 47
const colon = 58
const openBracket = 91
const closeBracket = 93
const decoder = new TextDecoder()

const isBlank = (byte: number | undefined) => byte === blank || byte === tab
const isDigit = (byte: number | undefined) => byte !== undefined && byte >= 48 && byte <= 57

/**
 * Heads in the layout that nearly all files have: `comm [pid/]tid [[cpu]] secs.fraction: [period] event: rest`, straight
 * from the bytes and without expressions. What it returns is what `parseHead` returns for the same line; null is no
 * verdict: the line is for `parseHead`.
 */
export class HeadBytes {
  private readonly names = new ByteInterner()

  parse(bytes: Uint8Array, start: number, end: number): Head | null {
    const point = stampPoint(bytes, start, end)
    if (point < 0) return null
    let secondsAt = point
    while (secondsAt > start && isDigit(bytes[secondsAt - 1])) secondsAt--
    let behindStamp = point + 1
    while (isDigit(bytes[behindStamp])) behindStamp++
    const head = this.right(bytes, behindStamp + 1, end)
    if (!head || !this.left(head, bytes, start, secondsAt)) return null
    head.seconds = numberOf(bytes, secondsAt, point)
    head.nanoseconds = numberOf(bytes, point + 1, behindStamp) * (behindStamp - point === 7 ? 1000 : 1)
    return head
  }

  /** comm, ids and processor, from the right: a comm may hold blanks and numbers. */
  private left(head: Head, bytes: Uint8Array, start: number, end: number): boolean {
    let at = beforeBlanks(bytes, start, end)
    if (at > start && bytes[at - 1] === closeBracket) {
      const cpu = beforeDigits(bytes, start, at - 1)
      if (cpu === at - 1 || cpu === start || bytes[cpu - 1] !== openBracket || at - cpu > 10) return false
      head.cpu = numberOf(bytes, cpu, at - 1)
      const gap = cpu - 1
      at = beforeBlanks(bytes, start, gap)
      if (at === gap) return false
    }
    const tidAt = beforeDigits(bytes, start, at)
    if (tidAt === at || tidAt === start || at - tidAt > 10) return false
    let idsAt = tidAt
    if (bytes[tidAt - 1] === slash) {
      idsAt = beforeDigits(bytes, start, tidAt - 1)
      if (idsAt === tidAt - 1 || tidAt - idsAt > 11) return false
      head.pid = numberOf(bytes, idsAt, tidAt - 1)
    }
    const commEnd = beforeBlanks(bytes, start, idsAt)
    let commAt = start
    while (commAt < commEnd && isBlank(bytes[commAt])) commAt++
    // a sign before the id, a prefix of a guest: for the other one
    if (commEnd === idsAt || commAt >= commEnd || commEnd - commAt > 64 || startsWithGuest(bytes, commAt)) return false
    head.tid = numberOf(bytes, tidAt, at)
    head.comm = this.names.text[this.names.id(bytes, commAt, commEnd)]!
    return true
  }

  /** period, event and what follows. */
  private right(bytes: Uint8Array, start: number, end: number): Head | null {
    let at = start
    if (at < end && !isBlank(bytes[at])) return null
    while (at < end && isBlank(bytes[at])) at++
    const first = at
    while (at < end && isDigit(bytes[at])) at++
    let period: number | null = null
    if (at > first && at < end && isBlank(bytes[at])) {
      period = at - first <= 15 ? numberOf(bytes, first, at) : Number(decoder.decode(bytes.subarray(first, at)))
      while (at < end && isBlank(bytes[at])) at++
    } else at = first
    const event = at
    while (at < end && !isBlank(bytes[at])) at++
    if (at - event < 2 || at - event > 256 || bytes[at - 1] !== colon) return null
    const name = this.names.text[this.names.id(bytes, event, at - 1)]!
    while (at < end && isBlank(bytes[at])) at++
    if (end - at > 4000) return null
    return {
      comm: '', pid: null, tid: 0, cpu: null, misc: '', guest: false, seconds: 0, nanoseconds: 0, period, event: name,
      rest: at < end ? decoder.decode(bytes.subarray(at, end)) : '',
    }
  }
}

/** The dot of the first `digits.dddddd:` or `digits.ddddddddd:` that stands by itself; -1 without one. */
function stampPoint(bytes: Uint8Array, start: number, end: number): number {
  for (let point = bytes.indexOf(dot, start); point >= 0 && point < end; point = bytes.indexOf(dot, point + 1)) {
    let behind = point + 1
    while (behind < end && isDigit(bytes[behind])) behind++
    const digits = behind - point - 1
    if ((digits !== 6 && digits !== 9) || bytes[behind] !== colon || (behind + 1 < end && !isBlank(bytes[behind + 1]))) continue
    let before = point
    while (before > start && isDigit(bytes[before - 1])) before--
    if (before === point || point - before > 15) continue
    if (before === start || isBlank(bytes[before - 1])) return point
  }
  return -1
}

/** Where the blanks that end at `end` begin. */
function beforeBlanks(bytes: Uint8Array, start: number, end: number): number {
  let at = end
  while (at > start && isBlank(bytes[at - 1])) at--
  return at
}

function beforeDigits(bytes: Uint8Array, start: number, end: number): number {
  let at = end
  while (at > start && isDigit(bytes[at - 1])) at--
  return at
}

/** Of at most 15 digits. */
function numberOf(bytes: Uint8Array, start: number, end: number): number {
  let value = 0
  for (let at = start; at < end; at++) value = value * 10 + bytes[at]! - 48
  return value
}

/** `VM: 5200` or `VCPU:001` before the comm. */
function startsWithGuest(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === 86 && (bytes[at + 2] === colon || bytes[at + 4] === colon)
}
