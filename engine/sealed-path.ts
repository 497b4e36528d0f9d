import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

/**
 * A path as the window may carry it: the main process seals a path that the user has picked, and the engine's process
 * opens it. The window can neither read nor make one, so it cannot have a file opened that nobody picked; and because
 * nothing is kept of it anywhere, it holds whatever has been started anew in between. AES-256-GCM with a key of this
 * start of the app: 12 bytes of nonce, 16 of tag, the path.
 */
const nonceBytes = 12
const tagBytes = 16

export function newSealKey(): Uint8Array {
  return new Uint8Array(randomBytes(32))
}

export function sealPath(key: Uint8Array, path: string): string {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  const sealed = Buffer.concat([cipher.update(path, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64')
}

/** Null: it was not sealed with this key. */
export function openSealedPath(key: Uint8Array, sealed: string): string | null {
  const bytes = Buffer.from(sealed, 'base64')
  if (bytes.length < nonceBytes + tagBytes) return null
  try {
    const cipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes))
    cipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes))
    return Buffer.concat([cipher.update(bytes.subarray(nonceBytes + tagBytes)), cipher.final()]).toString('utf8')
  } catch {
    return null
  }
}
