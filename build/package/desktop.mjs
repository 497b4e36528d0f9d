// The files that make the program known to a Linux desktop, filled in from the templates in linux/.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../setup/files.mjs'
import { SetupFault } from '../setup/plain.mjs'
import { APP_ID, MIME_TYPE, SUMMARY } from './identity.mjs'

const template = (name) => readFileSync(join(root, 'build', 'package', 'linux', name), 'utf8')

/** Replaces `@NAME@`; a name that nobody fills is a mistake in the template. */
export const fill = (text, values) =>
  text.replace(/@([A-Z]+)@/g, (_, name) => {
    if (!(name in values)) throw new SetupFault(`A template asks for @${name}@, which nobody fills.`, 'see build/package/desktop.mjs')
    return values[name]
  })

const common = { ID: APP_ID, MIME: MIME_TYPE, SUMMARY }

export const desktopEntry = () => fill(template('worldswitch.desktop'), common)
export const mimeXml = () => fill(template('worldswitch.xml'), common)

/** Versions and days of a changelog's headings, newest first: `## 0.1.0 - 2026-11-27`. */
export const releasesOf = (changelog) =>
  [...changelog.matchAll(/^## (\d+\.\d+\.\d+)(?: - (\d{4}-\d{2}-\d{2}))?/gm)].map(([, version, date]) => ({ version, date: date ?? null }))

/** A version without a day in the changelog is the one being worked on: it takes the stamp's. */
export const metainfo = (changelog, today) => {
  const releases = releasesOf(changelog).map(({ version, date }) => `<release version="${version}" date="${date ?? today}"/>`)
  return fill(template('metainfo.xml'), { ...common, RELEASES: releases.join('\n    ') })
}

const asked = ['help', '--help', '-h', '--version', '-V']

/** The names below "Commands:" in what `worldswitch --help` prints. */
export const commandsIn = (help) => {
  const [, list = ''] = help.split(/^Commands:\n/m)
  const names = list.split('\n').map((line) => /^ {2}([a-z][\w-]*)\b/.exec(line)?.[1]).filter(Boolean)
  return names.filter((name) => name !== 'help')
}

export const launcher = (commands) =>
  fill(template('launcher.sh'), { COMMANDS: [...commands, 'help'].join(', '), PATTERN: [...commands, ...asked].join('|') })
