import { chmodSync, chownSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { PerfData, type PerfShell, type Question } from '../../../electron/perf-data'
import { perfArguments, perfCommand, shownCommand, withoutRefused } from '../../../engine/formats/perf-data/command'
import { isPerfData } from '../../../engine/formats/perf-data/detect'
import { findPerf, localCommand, perfText, type PerfBounds } from '../../../engine/formats/perf-data/run'
import { PlainErrorException, type PlainError } from '../../../engine/plain-error'
import { scriptArguments } from '../../../build/record/perf.mjs'
import { fakePerf, fakePerfData, fakePerfText, succeeding } from '../../support/fake-perf'

let folder = ''
let file = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'worldswitch-test-'))
  file = join(folder, 'perf.data')
  writeFileSync(file, fakePerfData)
  // what a run leaves behind is looked for here
  vi.stubEnv('TMPDIR', folder)
})

afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

const leftovers = () => readdirSync(folder).filter((name) => name.startsWith('worldswitch-perf-'))

/** perf becomes this script; the system's own tools stay. */
function perfIs(script: string): void {
  vi.stubEnv('PATH', `${fakePerf(folder, script)}:/usr/bin:/bin`)
}

async function refusal(work: Promise<unknown>): Promise<PlainError> {
  const thrown: unknown = await work.then(() => null, (error: unknown) => error)
  expect(thrown).toBeInstanceOf(PlainErrorException)
  return (thrown as PlainErrorException).plain
}

const textOf = async (signal?: AbortSignal, bounds?: PerfBounds) => perfText((await localCommand(file))!, signal, bounds)

describe('the command', () => {
  it('is the one that build/record uses, and names the file after -i', () => {
    const command = perfCommand('/usr/bin/perf', '/tmp/a.data')
    expect(perfArguments(command)).toEqual(scriptArguments('/tmp/a.data'))
    expect(shownCommand(command, 'profile.txt')).toBe(
      '/usr/bin/perf script --ns --no-inline -F +pid,+misc,+period,+ip,+sym,+symoff,+dso -i /tmp/a.data > profile.txt')
  })

  it('is shown so that a shell takes every word as it is', () => {
    expect(shownCommand(perfCommand('perf', "/tmp/it's $(here).data"))).toMatch(/ -i '\/tmp\/it'\\''s \$\(here\)\.data'$/)
  })

  it('gives up only words of its own', () => {
    const command = perfCommand('perf', '/tmp/a.data')
    const fewer = withoutRefused(command, "Samples for 'x' event do not have PERIOD attribute set. Cannot print 'period' field.")
    expect(fewer?.fields).toEqual(command.fields.filter((field) => field !== '+period'))
    expect(withoutRefused(command, "Cannot print 'period,--evil' field")).toBeNull()
    expect(withoutRefused(command, "Cannot print 'weight' field")).toBeNull()
    expect(withoutRefused(command, '  Error: unknown option `no-inline\'')?.options).toEqual(['--ns'])
    expect(withoutRefused(command, '  Error: unknown option `F\'')).toBeNull()
    expect(withoutRefused(command, 'Invalid field requested.')?.fields).not.toContain('+misc')
  })
})

it('perf.data is known by its beginning, in both byte orders', () => {
  for (const magic of ['PERFILE2', '2ELIFREP', 'PERFFILE']) expect(isPerfData(new TextEncoder().encode(`${magic}rest`))).toBe(true)
  for (const other of ['', 'PERF', 'perf 1/1 [000] 1.000000: cycles:', 'PERFILE3']) expect(isPerfData(new TextEncoder().encode(other))).toBe(false)
})

describe('perf is run', () => {
  it('and its text is in a file of this user alone until it is removed', async () => {
    perfIs(succeeding)
    const text = await textOf()
    expect(readFileSync(text.path, 'utf8')).toContain(fakePerfText)
    expect(statSync(text.path).mode & 0o777).toBe(0o600)
    text.remove()
    expect(leftovers()).toEqual([])
  })

  it('without a shell and without our environment', async () => {
    file = join(folder, "a b; touch $(echo evil) 'x'.data")
    writeFileSync(file, fakePerfData)
    vi.stubEnv('WORLDSWITCH_SECRET', 'secret')
    vi.stubEnv('DEBUGINFOD_URLS', 'https://symbols.invalid')
    perfIs('for word; do echo "[$word]"; done; env')
    const text = await textOf()
    const said = readFileSync(text.path, 'utf8')
    expect(said).toContain(`[-i]\n[${file}]\n`)
    expect(said).not.toContain('secret')
    expect(said).toMatch(/^DEBUGINFOD_URLS=$/m)
    expect(existsSync(join(folder, 'evil'))).toBe(false)
    text.remove()
  })

  it('again without a field that was not recorded', async () => {
    perfIs(`case "$*" in *+period*) echo "Samples for 'cycles' event do not have PERIOD attribute set. Cannot print 'period' field." >&2; exit 129;; esac\necho "$*"`)
    const text = await textOf()
    expect(readFileSync(text.path, 'utf8')).toBe(`script --ns --no-inline -F +pid,+misc,+ip,+sym,+symoff,+dso -i ${file}\n`)
    text.remove()
  })

  it.each([
    ['incompatible file format (rerun with -v to learn more)', /newer or an older perf/, /On the machine that recorded it, run `perf script/],
    ['File x not owned by current user or root (use -f to override)', /belongs to another user/, / -f -i /],
    ["WARNING: The x file's data size field is 0 which is unexpected.", /was not ended/, /Ctrl\+C/],
    ['0x828 [0]: failed to process type: 0', /cut off or damaged/, /recorded/],
    ['something else', /perf script failed \(code 3\)\. It says: something else/, /recorded/],
  ])('and its failure is told in words: %s', async (complaint, what, todo) => {
    perfIs(`echo "a sample that must not be kept"; echo "${complaint}" >&2; exit 3`)
    const plain = await refusal(textOf())
    expect(plain.what).toMatch(what)
    expect(plain.todo).toMatch(todo)
    expect(plain.where).toBe(file)
    expect(leftovers()).toEqual([])
  })

  it('and ended when it hangs, with what it started itself', async () => {
    perfIs(`sleep 300 & echo $! > ${folder}/pid; wait`)
    expect((await refusal(textOf(undefined, { milliseconds: 300, bytes: 1000 }))).what).toMatch(/longer than 0\.3 s/)
    const pid = Number(readFileSync(join(folder, 'pid'), 'utf8'))
    await expect.poll(() => running(pid)).toBe(false)
    expect(leftovers()).toEqual([])
  })

  it('and ended when it writes without end', async () => {
    perfIs('yes "a line of a sample"')
    expect((await refusal(textOf(undefined, { milliseconds: 30_000, bytes: 3 << 20 }))).what).toMatch(/longer than 3 MB/)
    expect(leftovers()).toEqual([])
  })

  it('and ended when it is no longer wanted', async () => {
    perfIs('sleep 300')
    const cancel = new AbortController()
    const text = textOf(cancel.signal)
    setTimeout(() => cancel.abort('enough'), 50)
    await expect(text).rejects.toBe('enough')
    expect(leftovers()).toEqual([])
  })
})

/** A zombie that nobody has collected counts as gone. */
function running(pid: number): boolean {
  try {
    return !/^State:\s*Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}

it('perf is looked for in PATH, and never in the current folder', async () => {
  const place = fakePerf(folder, 'true')
  expect(await findPerf(`/nowhere:${place}`)).toBe(join(place, 'perf'))
  expect(await findPerf(`:.:fake-bin:${folder}`)).toBeNull()
  chmodSync(join(place, 'perf'), 0o644)
  expect(await findPerf(place)).toBeNull()
})

describe('the window', () => {
  /** A user who presses the button of that name, or the one that cancels. */
  class User implements PerfShell {
    asked: Question[] = []
    copied: string[] = []
    constructor(private readonly answers: string[]) {}
    async choose(question: Question, signal?: AbortSignal) {
      this.asked.push(question)
      const answer = question.buttons.indexOf(this.answers.shift() ?? '')
      if (answer >= 0) return answer
      if (signal) await new Promise((resolve) => signal.addEventListener('abort', resolve))
      return question.cancelId
    }
    copy(text: string) { this.copied.push(text) }
  }

  it('runs nothing before the user has agreed to the whole command line', async () => {
    perfIs(`touch ${folder}/ran; ${succeeding}`)
    const user = new User(['Cancel', 'Copy Command', 'Run perf script'])
    const perf = new PerfData(user)
    expect(await perf.textOf(file)).toBeNull()
    expect(await perf.textOf(file)).toBeNull()
    expect(existsSync(join(folder, 'ran'))).toBe(false)
    const shown = shownCommand((await localCommand(file))!)
    expect(shown).toMatch(/^\/.*\/fake-bin\/perf script /)
    expect(user.asked[0]!.detail).toContain(`\n${shown}\n`)
    expect(user.copied).toEqual([`${shown} > profile.txt`])

    const path = await perf.textOf(file)
    expect(readFileSync(path!, 'utf8')).toContain(fakePerfText)
    perf.removeTexts()
    expect(leftovers()).toEqual([])
  })

  it('says that there is no perf, with the command for the machine that has one', async () => {
    vi.stubEnv('PATH', '/nowhere')
    const user = new User(['Copy Command'])
    expect(await new PerfData(user).textOf(file)).toBeNull()
    expect(user.asked[0]!.detail).toMatch(/No perf is in PATH/)
    expect(user.copied).toEqual(['perf script --ns --no-inline -F +pid,+misc,+period,+ip,+sym,+symoff,+dso -i perf.data > profile.txt'])
  })

  it('can be told to stop while perf runs', async () => {
    perfIs('sleep 300')
    const user = new User(['Run perf script', 'Cancel'])
    expect(await new PerfData(user).textOf(file)).toBeNull()
    expect(user.asked.map(({ buttons }) => buttons)).toEqual([['Run perf script', 'Copy Command', 'Cancel'], ['Cancel']])
    expect(leftovers()).toEqual([])
  })

  it('is not told to stop by its own end, and hands on why perf failed', async () => {
    perfIs('sleep 1; echo "incompatible file format" >&2; exit 255')
    const user = new User(['Run perf script'])
    expect((await refusal(new PerfData(user).textOf(file))).what).toMatch(/newer or an older perf/)
    expect(user.asked).toHaveLength(2)
  })

  it('says so when the file is another user\'s, and perf gets its -f only then', async () => {
    perfIs(succeeding)
    const user = new User(['Cancel', 'Cancel'])
    await new PerfData(user).textOf(file)
    if (process.geteuid!() === 0) chownSync(file, 1000, 1000)
    const geteuid = vi.spyOn(process, 'geteuid').mockReturnValue(2000)
    await new PerfData(user).textOf(file)
    geteuid.mockRestore()
    const [own, foreign] = user.asked.map(({ detail, defaultId }) => ({ warned: detail.includes('belongs to another user'), force: detail.includes(' -f -i '), defaultId }))
    expect(own).toEqual({ warned: false, force: false, defaultId: 0 })
    expect(foreign).toEqual({ warned: true, force: true, defaultId: 2 })
  })
})
