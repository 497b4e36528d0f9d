import { closeSync, fstatSync, openSync, readSync, statSync, type Stats } from 'node:fs'
import { basename } from 'node:path'
import type { FileSource } from './formats/file-source'
import { pieceBytes } from './formats/file-source'
import { PlainErrorException } from './plain-error'
import { reasonOf, refuseUnordinary } from './session/files'

/**
 * A file on the disk, opened for reading in pieces: as it is at this moment, and no further than it reaches now. A file
 * that is deleted or replaced is read to its end, because it stays open; one that is cut or written to meanwhile is not
 * one recording any more. Throws a PlainErrorException for what cannot be opened.
 */
export function openSourceFile(path: string, pieceSize = pieceBytes): FileSource {
  try {
    // looked at before it is opened: opening a pipe waits until somebody writes into it
    refuseUnordinary(path, statSync(path))
    return new DiskSource(path, openSync(path, 'r'), pieceSize)
  } catch (thrown) {
    if (thrown instanceof PlainErrorException) throw thrown
    throw new PlainErrorException({
      what: `${basename(path)} could not be opened: ${reasonOf(thrown)}.`, where: path, todo: 'Check the name and that it may be read.',
    })
  }
}

class DiskSource implements FileSource {
  readonly size: number
  private readonly before: Stats
  private readonly buffer: Uint8Array
  private at = 0
  private open = true

  constructor(private readonly path: string, private readonly file: number, pieceSize: number) {
    this.before = fstatSync(file)
    this.size = this.before.size
    this.buffer = new Uint8Array(pieceSize)
  }

  next(): Uint8Array | null {
    if (this.at >= this.size) return null
    const length = this.read(Math.min(this.buffer.length, this.size - this.at))
    if (length === 0) throw this.cut()
    this.at += length
    return this.buffer.subarray(0, length)
  }

  private read(wanted: number): number {
    try {
      return readSync(this.file, this.buffer, 0, wanted, this.at)
    } catch (thrown) {
      throw new PlainErrorException({
        what: `Reading stopped at byte ${this.at} of ${this.size}: ${reasonOf(thrown)}.`, where: this.path,
        todo: 'Copy the file to another disk and open the copy.',
      })
    }
  }

  private cut(): PlainErrorException {
    return new PlainErrorException({
      what: `The file became shorter while it was read: it had ${this.size} bytes and ends after ${this.at} now.`, where: this.path,
      todo: 'Open it again when whatever writes it has finished.',
    })
  }

  remarks(): string[] {
    const now = fstatSync(this.file)
    const remarks: string[] = []
    if (now.size > this.size) {
      remarks.push(`the file grew while it was read: its first ${this.size} bytes were read, it has ${now.size} now`)
    } else if (now.mtimeMs !== this.before.mtimeMs) {
      remarks.push('the file was written to while it was read: what was read may be older and newer parts of it')
    }
    const there = statSync(this.path, { throwIfNoEntry: false })
    if (!there) remarks.push('the file was deleted while it was read: all of what it held was read')
    else if (there.ino !== now.ino || there.dev !== now.dev) remarks.push('the file was replaced while it was read: what was read is the one before')
    return remarks
  }

  close(): void {
    if (this.open) closeSync(this.file)
    this.open = false
  }
}
