import { describe, expect, it } from 'vitest'
import { openSink } from '../../../build/record/machine.mjs'
import { demandPrograms } from '../../../build/record/needs.mjs'
import { models, optionsOf } from '../../../build/record/options.mjs'
import { SetupFault } from '../../../build/setup/plain.mjs'
import { connect } from 'node:net'

describe('npm run record', () => {
  it('records both of a pcnet when nothing is asked', () => {
    expect(optionsOf([])).toEqual({
      model: 'pcnet', accel: 'tcg', seconds: 120, bytes: { trace: 2 << 20, perf: 12 << 20 }, what: ['trace', 'perf'], out: 'recordings-pcnet', packages: null,
    })
    expect(optionsOf(['--help'])).toBeNull()
  })

  it('takes every model, sizes with K and M, and one recording alone', () => {
    for (const model of Object.keys(models)) expect(optionsOf(['--model', model])?.model).toBe(model)
    expect(optionsOf(['--bytes', '64K', '--what', 'perf', '--seconds', '30', '--out', 'x'])).toMatchObject({
      bytes: { trace: 65536, perf: 65536 }, what: ['perf'], seconds: 30, out: 'x',
    })
  })

  it('hands the guest to KVM when asked, and keeps its recordings apart', () => {
    expect(optionsOf(['--accel', 'kvm'])).toMatchObject({ accel: 'kvm', out: 'recordings-pcnet-kvm' })
    expect(optionsOf(['--accel', 'kvm', '--out', 'x'])).toMatchObject({ out: 'x' })
  })

  it.each([
    [['--model', 'ne2000'], /there are pcnet, e1000, virtio-net-pci/], [['--bytes', '12X'], /from 1K to 1024M/], [['--bytes', '2048M'], /from 1K/],
    [['--bytes', '5'], /from 1K/], [['--what', 'both'], /trace, perf/], [['--seconds', 'x'], /from 5 to 3600/], [['--accel', 'hvf'], /there are tcg, kvm/], [['--nope'], /--nope/], [['extra'], /extra/],
  ])('refuses %j', (args, words) => {
    expect(() => optionsOf(args)).toThrow(SetupFault)
    expect(() => optionsOf(args)).toThrow(words)
  })

  it('says in one line how to get what is missing', () => {
    demandPrograms(['perf'], () => true)
    try {
      demandPrograms(['qemu-system-x86_64', 'depmod', 'modprobe', 'perf'], (program: string) => program === 'perf')
      expect.unreachable()
    } catch (thrown) {
      expect((thrown as Error).message).toBe('qemu-system-x86_64, depmod, modprobe are missing.')
      expect((thrown as { todo: string }).todo).toBe('apt-get install qemu-system-x86 kmod')
    }
  })

  it('counts what a guest sends, on the loopback', async () => {
    const sink = await openSink() as { port: number; bytes: number; close(): void }
    const socket = connect(sink.port, '127.0.0.1')
    socket.end(new Uint8Array(100_000))
    // the sink must end its side too, or the guest's nc would wait for ever
    socket.resume()
    await new Promise((resolve) => socket.on('close', resolve))
    sink.close()
    expect(sink.bytes).toBe(100_000)
  })
})
