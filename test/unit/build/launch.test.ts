import { spawn } from 'node:child_process'
import {
  appendFileSync, existsSync, lstatSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, symlinkSync, utimesSync,
} from 'node:fs'
import { createServer, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { handOver, openWindow, removeCopies, takeBack } from '../../../build/launch/documents.mjs'
import { chooseUser } from '../../../build/launch/unprivileged.mjs'
import { root } from '../../../build/setup/files.mjs'
import { put, temporaryFolder } from './temporary'

const me = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 }
const touchLater = (path: string) => {
  const later = new Date(statSync(path).mtimeMs + 5000)
  utimesSync(path, later, later)
}

describe('who the window runs as', () => {
  it('is whoever called sudo, else nobody with a home of its own', () => {
    const lookUp = (uid: number) => ({ name: 'ada', uid, gid: 1000, home: '/home/ada' })
    expect(chooseUser({ SUDO_UID: '1000' }, lookUp)).toMatchObject({ name: 'ada', uid: 1000, home: '/home/ada', own: true })
    expect(chooseUser({}, lookUp)).toMatchObject({ name: 'nobody', own: false })
    expect(chooseUser({ SUDO_UID: '0' }, lookUp).name).toBe('nobody')
    expect(chooseUser({ SUDO_UID: 'x' }, lookUp).name).toBe('nobody')
    expect(chooseUser({ SUDO_UID: '1000' }, () => null).name).toBe('nobody')
  })
})

describe('files handed to a window of another user', () => {
  const scene = () => {
    const home = temporaryFolder()
    const user = { ...me, documents: temporaryFolder() }
    return { home, user, session: put(home, 'a.wsprof', 'before', 0o640), capture: put(home, 'perf.txt', 'samples') }
  }
  const never = () => false
  const always = () => true

  it('are passed on by full path when the user may use them', () => {
    const { home, user, session } = scene()
    expect(handOver(['a.wsprof', '--flag', 'missing.wsprof'], user, always, home)).toEqual({
      handed: [session, '--flag', join(home, 'missing.wsprof')],
      copies: [],
    })
  })

  it('need reading only, unless they are sessions, whose folder must be writable too', () => {
    const { home, user, session, capture } = scene()
    const readOnly = (_user: object, test: string) => test === '-r'
    const folderClosed = (_user: object, test: string, path: string) => test === '-r' || path === session
    expect(handOver([capture], user, readOnly, home).copies).toEqual([])
    expect(handOver([session], user, readOnly, home).copies).toHaveLength(1)
    expect(handOver([session], user, folderClosed, home).copies).toHaveLength(1)
  })

  it('are copied when they cannot be reached, under a free name', () => {
    const { home, user, session } = scene()
    put(user.documents, 'a.wsprof', 'an older one')
    const { handed } = handOver([session], user, never, home)
    expect(handed).toEqual([join(user.documents, 'a 2.wsprof')])
    expect(readFileSync(handed[0] ?? '', 'utf8')).toBe('before')
    expect(readFileSync(join(user.documents, 'a.wsprof'), 'utf8')).toBe('an older one')
  })

  it('come back when saved, once, whole, with owner and mode of the original', () => {
    const { home, user, session } = scene()
    const { handed, copies } = handOver([session], user, never, home)
    const copy = handed[0] ?? ''
    expect(takeBack(copies)).toEqual([])
    // The app saves by writing beside and renaming.
    renameSync(put(user.documents, 'new', 'after'), copy)
    touchLater(copy)
    expect(takeBack(copies)).toEqual([session])
    expect(readFileSync(session, 'utf8')).toBe('after')
    expect(statSync(session).mode & 0o777).toBe(0o640)
    expect(takeBack(copies)).toEqual([])
  })

  it('leave no copy behind, except one that holds what has not come back', () => {
    const { home, user, session, capture } = scene()
    const { handed, copies } = handOver([session, capture], user, never, home)
    const [first = '', second = ''] = handed
    expect(statSync(first).mode & 0o777).toBe(0o600)
    appendFileSync(first, 'not yet saved back')
    touchLater(first)
    removeCopies(copies)
    expect([existsSync(first), existsSync(second)]).toEqual([true, false])
    takeBack(copies)
    removeCopies(copies)
    expect(existsSync(first)).toBe(false)
    expect([existsSync(session), existsSync(capture)]).toEqual([true, true])
  })

  it('come back to what a link leads to, and also when the original is gone by then', () => {
    const { home, user, session } = scene()
    const link = join(home, 'link.wsprof')
    symlinkSync(session, link)
    const { handed, copies } = handOver([link], user, never, home)
    rmSync(session)
    put(user.documents, 'link.wsprof', 'after')
    touchLater(handed[0] ?? '')
    expect(takeBack(copies)).toEqual([session])
    expect(readFileSync(link, 'utf8')).toBe('after')
    expect(statSync(session).mode & 0o777).toBe(0o640)
    expect(lstatSync(link).isSymbolicLink()).toBe(true)
  })

  it('leave nothing half-written beside an original that cannot be replaced', () => {
    const { home, user, session } = scene()
    const { handed, copies } = handOver([session], user, never, home)
    rmSync(session)
    mkdirSync(join(session, 'a folder now'), { recursive: true })
    put(user.documents, 'a.wsprof', 'after')
    touchLater(handed[0] ?? '')
    expect(() => takeBack(copies)).toThrow(/EISDIR|ENOTEMPTY|EEXIST/)
    expect(readdirSync(home).sort()).toEqual(['a.wsprof', 'perf.txt'])
    removeCopies(copies)
    expect(readFileSync(handed[0] ?? '', 'utf8')).toBe('after')
  })

  it('never come back from a capture, which is only read', () => {
    const { home, user, capture } = scene()
    const { handed, copies } = handOver([capture], user, never, home)
    appendFileSync(handed[0] ?? '', 'more')
    touchLater(handed[0] ?? '')
    expect(takeBack(copies)).toEqual([])
    expect(readFileSync(capture, 'utf8')).toBe('samples')
  })

  it('do not lead root elsewhere when the copy was replaced by a link', () => {
    const { home, user, session } = scene()
    const secret = put(home, 'secret', 'secret')
    const { handed, copies } = handOver([session], user, never, home)
    rmSync(handed[0] ?? '')
    symlinkSync(secret, handed[0] ?? '')
    expect(() => takeBack(copies)).toThrow(/ELOOP/)
    expect(readFileSync(session, 'utf8')).toBe('before')
    expect(existsSync(session)).toBe(true)
  })
})

describe('a window that is open already', () => {
  it('is known by Chromium\'s lock, as long as its process lives', () => {
    const folder = temporaryFolder()
    expect(openWindow(folder)).toBeNull()
    symlinkSync(`some-host-${String(process.pid)}`, join(folder, 'SingletonLock'))
    expect(openWindow(folder)).toBe(process.pid)
    rmSync(join(folder, 'SingletonLock'))
    // One above the highest number that Linux gives.
    symlinkSync('some-host-4194305', join(folder, 'SingletonLock'))
    expect(openWindow(folder)).toBeNull()
  })
})

describe('the probe of the display', () => {
  const probeDisplay = (env: Record<string, string>) =>
    new Promise<{ code: number | null; output: string }>((resolve) => {
      const child = spawn(process.execPath, [join(root, 'build', 'launch', 'display-probe.cjs')], { env })
      let output = ''
      child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
      child.once('close', (code) => {
        resolve({ code, output })
      })
    })

  /** Speaks the first exchange of the X11 protocol on TCP display 2000 and up, and wants this key. */
  const fakeServer = async (key: Buffer) => {
    const received: Buffer[] = []
    const answer = (socket: Socket, bytes: Buffer) => {
      received.push(bytes)
      const ok = bytes.subarray(-key.length).equals(key)
      socket.end(ok ? Buffer.from([1, 0, 11, 0, 0, 0, 0, 0]) : Buffer.concat([Buffer.from([0, 4, 11, 0, 0, 0, 1, 0]), Buffer.from('nope')]))
    }
    const server = createServer((socket) => socket.once('data', (bytes: Buffer) => { answer(socket, bytes) }))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const display = (server.address() as AddressInfo).port - 6000
    return { display, received, close: () => new Promise((resolve) => server.close(resolve)) }
  }

  const field = (bytes: Buffer) => Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 255]), bytes])
  const authority = (display: number, key: Buffer) =>
    Buffer.concat([Buffer.from([1, 0]), ...[Buffer.from('host'), Buffer.from(String(display)), Buffer.from('MIT-MAGIC-COOKIE-1'), key].map(field)])

  it('is let in with the key of the right display and refused with another', async () => {
    const key = Buffer.alloc(16, 0xab)
    const server = await fakeServer(key)
    const folder = temporaryFolder()
    const other = authority(server.display + 1, Buffer.alloc(16, 0x11))
    const file = put(folder, 'Xauthority', '')
    appendFileSync(file, Buffer.concat([other, authority(server.display, key)]))
    const display = `127.0.0.1:${String(server.display)}.0`
    expect(await probeDisplay({ DISPLAY: display, XAUTHORITY: file })).toEqual({ code: 0, output: '' })
    const wrong = put(folder, 'wrong', '')
    appendFileSync(wrong, other)
    expect(await probeDisplay({ DISPLAY: display, XAUTHORITY: wrong })).toEqual({ code: 1, output: 'refused: nope\n' })
    await server.close()
  })

  it('says what is wrong when nobody listens or no display is named', async () => {
    const gone = await probeDisplay({ DISPLAY: ':59999' })
    expect(gone.code).toBe(1)
    expect(gone.output).toMatch(/ENOENT/)
    expect((await probeDisplay({})).output).toBe('DISPLAY is ""\n')
  })
})
