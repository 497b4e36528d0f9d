/** How the names of session files end. */
export const sessionExtension = '.wsprof'

/** A session is a zip; one that lost its extension is still a session. Everything else is tried as a profile. */
export function kindOfFile(fileName: string, bytes: Uint8Array): 'session' | 'profile' {
  const zip = bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 0x03 && bytes[3] === 0x04
  return zip || fileName.toLowerCase().endsWith(sessionExtension) ? 'session' : 'profile'
}
