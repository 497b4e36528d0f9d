import { unzipSync, zipSync } from 'fflate/browser'
import type { Zippable } from 'fflate/browser'
import { crc32 } from '../formats/crc32'
import { PlainErrorException } from '../plain-error'
import { visibleName } from '../visible-name'

/** Bounds of what is unpacked: a session of hundreds of runs stays far below them, an archive made to harm does not. */
export const zipLimits = {
  entries: 2048, entryBytes: 1 << 30, totalBytes: 2 ** 31, ratio: 1100, ratioFrom: 1 << 20,
} as const

/** Deflate cannot do better than 1032:1; the first of 1980 is the oldest time that a zip can hold. */
const noTime = new Date(1980, 0, 1)

export interface ZipPart {
  path: string
  bytes: Uint8Array
  /** Packed already: stored as it is. */
  stored: boolean
}

/** The same parts give the same bytes on any day and machine. */
export function packZip(parts: readonly ZipPart[]): Uint8Array {
  const files: Zippable = {}
  for (const { path, bytes, stored } of parts) files[path] = [bytes, { level: stored ? 0 : 6, mtime: noTime }]
  return zipSync(files)
}

export interface OpenedZip {
  paths: string[]
  /** The bytes of one entry; null when it cannot be unpacked or is not what its checksum says. */
  part(path: string): Uint8Array | null
}

/** Looks through the directory of a zip, within bounds, and unpacks single entries on demand. */
export function openZip(fileName: string, bytes: Uint8Array): OpenedZip {
  const refuse = (what: string) => new PlainErrorException({ what, where: fileName })
  const paths: string[] = []
  let total = 0
  try {
    unzipSync(bytes, { filter: ({ name, size, originalSize }) => {
      total += originalSize
      if (paths.length >= zipLimits.entries) throw refuse(`The archive has more than ${zipLimits.entries} entries.`)
      if (originalSize > zipLimits.entryBytes || total > zipLimits.totalBytes) {
        throw refuse('The archive says that it unpacks to more than Worldswitch reads.')
      }
      if (originalSize > zipLimits.ratioFrom && originalSize > size * zipLimits.ratio) {
        throw refuse('The archive says that it unpacks to more than is possible.')
      }
      if (paths.includes(name)) throw refuse(`The archive holds "${printable(name)}" twice.`)
      paths.push(name)
      return false
    } })
  } catch (thrown) {
    if (thrown instanceof PlainErrorException) throw thrown
    throw new PlainErrorException({
      what: 'The archive is damaged or cut off.', where: fileName, todo: 'Copy it again, or open an earlier copy.',
    })
  }
  const checksums = checksumsOf(bytes)
  return { paths, part: (path) => partOf(bytes, path, checksums.get(path)) }
}

function partOf(bytes: Uint8Array, path: string, checksum: number | undefined): Uint8Array | null {
  try {
    const part = unzipSync(bytes, { filter: ({ name }) => name === path })[path] ?? null
    return part && checksum !== undefined && crc32(part) !== checksum ? null : part
  } catch {
    return null
  }
}

/**
 * CRC-32 of each entry by its name, from the zip's directory (APPNOTE.TXT 4.3.12 and 4.3.16), which fflate reads but
 * does not hand out: without it a flipped bit would show as another figure. None for zip64, which sessions are not.
 */
function checksumsOf(bytes: Uint8Array): Map<string, number> {
  const checksums = new Map<string, number>()
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let end = bytes.length - 22
  while (end >= 0 && view.getUint32(end, true) !== 0x06054b50) end--
  let at = end < 0 ? bytes.length : view.getUint32(end + 16, true)
  while (at + 46 <= bytes.length && view.getUint32(at, true) === 0x02014b50) {
    const nameLength = view.getUint16(at + 28, true)
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength))
    checksums.set(name, view.getUint32(at + 16, true))
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return checksums
}

/** Names from a foreign archive reach people's screens: nothing unseen in them, and not endless. */
export function printable(name: string): string {
  return visibleName(name).slice(0, 80)
}
