const crcTable = Int32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  return crc
})

/** The checksum of gzip members (RFC 1952) and zip entries, of content that comes in pieces. */
export class Crc32 {
  private crc = -1

  add(bytes: Uint8Array): void {
    let { crc } = this
    for (let i = 0; i < bytes.length; i++) crc = crcTable[(crc ^ bytes[i]!) & 255]! ^ (crc >>> 8)
    this.crc = crc
  }

  get value(): number {
    return (this.crc ^ -1) >>> 0
  }
}

/** Of whole content; fflate unpacks gzip and zip without looking at their checksums. */
export function crc32(bytes: Uint8Array): number {
  const crc = new Crc32()
  crc.add(bytes)
  return crc.value
}
