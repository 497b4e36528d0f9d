import { RecoveryCopies } from '../../electron/recovery'
import { encodeProfile, encodeSession } from '../../engine/session/archive'
import { emptyView, type SessionDocument } from '../../engine/session/document'
import { writeFileAtomically } from '../../engine/session/files'
import { describedRun, manifestOfTexts } from '../../engine/session/manifest'
import { folded } from '../unit/profile/build'
import { someSession } from '../fixtures/session'

/**
 * A process that saves for ever, to be killed: `saver FILE RECOVERY START`. The session's notes are the number of the
 * save. Each line on stdout is what is on the disk from then on: "begun N", "saved N", "kept N". The steps are those of
 * the app: the engine's encoding, electron/recovery.ts, engine/session/files.ts.
 */
const [path, recovery, start] = process.argv.slice(2) as [string, string, string]

/** Large enough that a write takes a while. */
const lines = Array.from({ length: 400 }, (_, i) => `main;f${i % 97};g${i % 89};leaf${i} ${1 + (i % 13)}`)

async function saveForEver(): Promise<never> {
  const base = someSession(folded(...lines))
  const copies = new RecoveryCopies(recovery)
  for (let n = Number(start); ; n++) {
    const session: SessionDocument = { ...base, notes: String(n), view: emptyView }
    process.stdout.write(`begun ${n}\n`)
    await writeFileAtomically(path, encodeSession(session))
    process.stdout.write(`saved ${n}\n`)
    const [run] = session.runs
    const { sha256, bytes } = encodeProfile(run!.profile)
    await copies.keepProfile(sha256, bytes)
    const manifest = manifestOfTexts(session, [JSON.stringify(describedRun(run!, { sha256, bytes: bytes.length }))])
    await copies.keep(() => ({ name: 'a.wsprof', path, stamp: null }), manifest, [sha256])
    process.stdout.write(`kept ${n}\n`)
  }
}

void saveForEver()
