import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'

/**
 * One text for one value: JSON with sorted keys and no blanks (RFC 8785 in what we use of it), so that equal results
 * have equal digests on any machine. Typed arrays are written as arrays. Fields that are undefined are left out, as
 * JSON does; NaN, infinities and anything else JSON cannot say are a defect of the caller and throw.
 */
export function canonicalJson(value: unknown): string {
  const parts: string[] = []
  write(value, parts, '$')
  return parts.join('')
}

export function digestOf(value: unknown): string {
  return digestOfBytes(new TextEncoder().encode(canonicalJson(value)))
}

export function digestOfBytes(bytes: Uint8Array): string {
  return bytesToHex(sha256(bytes))
}

/** Recursion follows the nesting of plain documents (a handful of levels), never the depth of a call tree. */
function write(value: unknown, parts: string[], where: string): void {
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new RangeError(`${where} is ${value}: only finite numbers have a canonical form`)
    parts.push(JSON.stringify(value))
  } else if (value === null || typeof value === 'string' || typeof value === 'boolean') {
    parts.push(JSON.stringify(value))
  } else if (Array.isArray(value) || isNumericArray(value)) {
    writeList(value, parts, where)
  } else if (typeof value === 'object' && isPlain(value)) {
    writeObject(value as Record<string, unknown>, parts, where)
  } else {
    throw new TypeError(`${where} has no canonical form: ${typeof value}`)
  }
}

function writeList(list: ArrayLike<unknown>, parts: string[], where: string): void {
  parts.push('[')
  for (let i = 0; i < list.length; i++) {
    if (i > 0) parts.push(',')
    write(list[i], parts, `${where}[${i}]`)
  }
  parts.push(']')
}

function writeObject(object: Record<string, unknown>, parts: string[], where: string): void {
  parts.push('{')
  let first = true
  for (const key of Object.keys(object).sort()) {
    if (object[key] === undefined) continue
    if (!first) parts.push(',')
    first = false
    parts.push(JSON.stringify(key), ':')
    write(object[key], parts, `${where}.${key}`)
  }
  parts.push('}')
}

function isNumericArray(value: unknown): value is Float64Array {
  return ArrayBuffer.isView(value) && !(value instanceof DataView)
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
