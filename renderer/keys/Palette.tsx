import { Command, defaultFilter } from 'cmdk'
import { useState } from 'react'
import { setDialog } from '../state/actions-view'
import { now } from '../state/store'
import { Dialog } from '../widgets/Dialog'
import { Keys } from './Keys'
import { choose, paletteGroups, recentCommands, type PaletteEntry, type PaletteGroup } from './palette-entries'
import './keys.css'

/** What makes sense now, found by a few letters; what was chosen last stands first. */
export function Palette() {
  const [search, setSearch] = useState('')
  const [groups] = useState(() => withRecent(paletteGroups(now())))
  return (
    <Dialog title="Command palette" bare onClose={() => setDialog('none')}>
      <Command label="Commands" loop filter={filter} className="palette">
        <Command.Input value={search} onValueChange={setSearch} data-autofocus placeholder="What to do: parts of its words find it"
          aria-label="What to do" className="input palette-input" data-testid="palette-input" />
        <Command.List label="Commands that make sense now" className="palette-list" tabIndex={-1}>
          <Command.Empty className="quiet palette-empty">Nothing that makes sense now has these letters.</Command.Empty>
          {groups.map((group) => (
            <Command.Group key={group.title} heading={group.title}>
              {group.entries.map((entry) => <Entry key={entry.id} entry={entry} />)}
            </Command.Group>
          ))}
        </Command.List>
      </Command>
    </Dialog>
  )
}

/**
 * The library also finds letters strewn over a whole line: here each word typed must be a part of what is said of the
 * command. The library's score orders what is left.
 */
function filter(value: string, search: string, keywords: string[] = []): number {
  const said = keywords.join(' ').toLowerCase()
  const found = search.toLowerCase().split(/\s+/).every((word) => said.includes(word))
  return found ? Math.max(defaultFilter(value, search, keywords), Number.MIN_VALUE) : 0
}

function Entry({ entry }: { entry: PaletteEntry }) {
  return (
    <Command.Item value={entry.id} keywords={[entry.title, ...entry.keywords]} className="palette-item"
      data-testid={`palette-${entry.id}`} onSelect={() => choose(entry)}>
      <span className="palette-title">{entry.title}</span>
      <span className="palette-keys"><Keys keys={entry.keys.slice(0, 1)} /></span>
    </Command.Item>
  )
}

function withRecent(groups: PaletteGroup[]): PaletteGroup[] {
  const commands = groups.flatMap((group) => group.entries).filter((entry) => entry.command !== null)
  const recent = recentCommands().flatMap((id) => commands.find((entry) => entry.command === id) ?? [])
  if (recent.length === 0) return groups
  const others = groups.map((group) => ({ ...group, entries: group.entries.filter((entry) => !recent.includes(entry)) }))
  return [{ title: 'Recent', entries: recent }, ...others]
}
