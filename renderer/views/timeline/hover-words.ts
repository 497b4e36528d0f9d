import { counterIds, laneIds, markKinds } from '../../../engine/experiments/recording/types'
import type { Profile } from '../../../engine/profile/columns'
import { worldIds, worldNames } from '../../../engine/worlds'
import { placeText } from '../../charts/timeline-axis'
import type { TimelineHit } from '../../charts/timeline-hit'
import { fixed, secondsText, whole } from '../../state/numbers'
import { counterText, counterTitles, durationText, markTitles, worldOnLane } from '../../state/slice-words'

export interface HoverWords {
  title: string
  lines: { text: string; world?: number }[]
}

type Found = Exclude<TimelineHit, { kind: 'nothing' }>

/** What to say of a place of a simulated run's timeline; null where there is nothing. */
export function simulatedHover(hit: TimelineHit, mhz: number): HoverWords | null {
  if (hit.kind === 'nothing') return null
  const place = `at ${placeText(hit.at, 1 / (mhz * 1e6), false)}, cycle ${whole(hit.at)}`
  if (hit.kind === 'slice') return sliceHover(hit, mhz)
  if (hit.kind === 'counter') return counterHover(hit, place)
  if (hit.kind === 'mark') return markHover(hit, mhz)
  if (hit.row.band === 'mark') {
    const marks = hit.layer.marks[hit.row.index]!
    const count = marks.kind === 'mark-bins' ? marks.count[hit.index] ?? 0 : 0
    return { title: markTitles[markKinds[hit.row.index]!], lines: [{ text: `${whole(count)} in this bin` }, { text: place }] }
  }
  const lane = hit.layer.lanes[hit.row.index]!
  if (lane.kind !== 'bins') return null
  // the last bin of a run ends with it
  const length = Math.min(lane.binCycles, hit.layer.to - hit.layer.from - hit.index * lane.binCycles)
  const lines = worldLines(lane.cycles, hit.index, (cycles, world) => `${worldOnLane(laneIds[hit.row.index]!, world)} ${fixed((100 * cycles) / length, 1)} % of the bin`)
  if (lines.length === 0) lines.push({ text: 'nothing of this lane' })
  return { title: `A bin of ${durationText(length, mhz)}`, lines: [...lines, { text: place }] }
}

function sliceHover({ layer, row, index }: Found, mhz: number): HoverWords | null {
  const lane = layer.lanes[row.index]!
  if (lane.kind !== 'slices') return null
  const [start, end, packet] = [lane.start[index]!, lane.end[index]!, lane.packet[index]!]
  return {
    title: layer.names[lane.frame[index]!] ?? '',
    lines: [
      { text: worldOnLane(laneIds[row.index]!, lane.world[index]!), world: lane.world[index]! },
      { text: durationText(end - start, mhz) },
      ...(packet >= 0 ? [{ text: `for packet ${whole(packet)}` }] : []),
      { text: `from ${placeText(start, 1 / (mhz * 1e6), false)}, cycle ${whole(start)}` },
    ],
  }
}

function counterHover({ layer, row, index }: Found, place: string): HoverWords {
  const id = counterIds[row.index]!
  const counter = layer.counters[row.index]!
  const text = counter.kind === 'steps' ? counterText[id](counter.value[index]!)
    : counter.high[index]! < counter.low[index]! ? 'not known'
      : `${whole(counter.low[index]!)} to ${counterText[id](counter.high[index]!)} in this bin`
  return { title: counterTitles[id], lines: [{ text }, { text: place }] }
}

function markHover({ layer, row, index }: Found, mhz: number): HoverWords | null {
  const marks = layer.marks[row.index]!
  if (marks.kind !== 'marks') return null
  const [at, world] = [marks.at[index]!, marks.world[index]!]
  const title = markTitles[markKinds[row.index]!]
  return {
    title: `${title}: ${layer.names[marks.what[index]!] ?? ''}`,
    lines: [
      { text: markKinds[row.index] === 'sample' ? `found in ${worldNames[world]}` : `came in ${worldNames[world]}`, world },
      { text: `at ${placeText(at, 1 / (mhz * 1e6), false)}, cycle ${whole(at)}` },
    ],
  }
}

/** The same of a recorded profile, whose bins hold samples and whose marks are samples. */
export function recordedHover(hit: TimelineHit, profile: Profile, weight: number): HoverWords | null {
  if (hit.kind === 'nothing' || hit.row.band !== 'lane') return null
  const lane = hit.layer.lanes[hit.row.index]!
  if (lane.kind === 'marks') {
    const frame = lane.what[hit.index]!
    return {
      title: frame < 0 ? 'a sample without frames' : profile.frames.name[frame]!,
      lines: [
        { text: worldNames[lane.world[hit.index]!]!, world: lane.world[hit.index]! },
        { text: `sampled at ${placeText(lane.at[hit.index]!, 1, false)}` },
      ],
    }
  }
  if (lane.kind !== 'bins') return null
  const unit = profile.weightTypes[weight]!.name
  const lines = worldLines(lane.cycles, hit.index, (count, world) => `${worldNames[world]} ${whole(count)} ${unit}`)
  if (lines.length === 0) lines.push({ text: 'no samples' })
  return { title: `A bin of ${secondsText(lane.binCycles)}`, lines: [...lines, { text: `at ${placeText(hit.at, 1, false)}` }] }
}

function worldLines(column: Float64Array, bin: number, text: (value: number, world: number) => string): HoverWords['lines'] {
  return worldNames.flatMap((_, world) => {
    const value = column[bin * worldIds.length + world] ?? 0
    return value > 0 ? [{ world, text: text(value, world) }] : []
  })
}
