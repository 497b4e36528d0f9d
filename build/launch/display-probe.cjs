'use strict'
// Says whether this process may talk to the X display in DISPLAY: the first message of the X11 protocol, its answer,
// and nothing else. Runs as the user who will own the window.
const fs = require('node:fs')
const net = require('node:net')

const fail = (why) => {
  process.stdout.write(`${why}\n`)
  process.exit(1)
}

const match = /^(.*):(\d+)(?:\.\d+)?$/.exec(process.env.DISPLAY ?? '')
if (!match) fail(`DISPLAY is "${process.env.DISPLAY ?? ''}"`)
const [, host, display] = match

/** Xauthority records: family, then address, display number, method and key, each with a 2-byte length. */
const findKey = () => {
  let bytes
  try {
    bytes = fs.readFileSync(process.env.XAUTHORITY ?? '')
  } catch {
    return { method: Buffer.alloc(0), key: Buffer.alloc(0) }
  }
  for (let at = 2; at < bytes.length; at += 2) {
    const fields = []
    for (let i = 0; i < 4; i += 1) {
      const length = bytes.readUInt16BE(at)
      fields.push(bytes.subarray(at + 2, at + 2 + length))
      at += 2 + length
    }
    const [, number, method, key] = fields
    if ((number.length === 0 || String(number) === display) && String(method) === 'MIT-MAGIC-COOKIE-1') return { method, key }
  }
  return { method: Buffer.alloc(0), key: Buffer.alloc(0) }
}

const padded = (bytes) => Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)])

const { method, key } = findKey()
const head = Buffer.alloc(12)
head.write('l', 0)
head.writeUInt16LE(11, 2)
head.writeUInt16LE(method.length, 6)
head.writeUInt16LE(key.length, 8)

const local = host === '' || host === 'unix'
const socket = local ? net.connect(`/tmp/.X11-unix/X${display}`) : net.connect(6000 + Number(display), host)
socket.setTimeout(5000, () => fail('no answer within 5 s'))
socket.on('error', (error) => fail(error.message))
socket.on('connect', () => socket.write(Buffer.concat([head, padded(method), padded(key)])))
socket.once('data', (answer) => {
  if (answer[0] === 1) process.exit(0)
  fail(`refused: ${String(answer.subarray(8, 8 + (answer[1] ?? 0))).trim()}`)
})
