import { useVirtualizer } from '@tanstack/react-virtual'
import { useMemo, useRef } from 'react'
import { isSampledCount } from '../../../engine/profile/compare'
import type { SessionRun } from '../../../engine/session/document'
import { setSearch } from '../../state/actions-view'
import { matchOf, shareOf, type Flame } from '../../state/derived'
import { digitsFor, fixed, intervalText, whole } from '../../state/numbers'

interface FunctionTableProps {
  run: SessionRun
  flame: Flame
  weight: number
  wholeLabel: string
  search: string
}

const rowHeight = 24

/**
 * The flame's table twin: the same figures by function, reachable by Tab and read by a screen reader. Its
 * buttons are no Tab stops, there may be thousands: what they do, the search field does too.
 */
export function FunctionTableView({ run, flame, weight, wholeLabel, search }: FunctionTableProps) {
  const { functions, tree } = flame
  const rows = useMemo(() => filtered(flame, search), [flame, search])
  const type = run.profile.weightTypes[weight]
  const all = tree.total[0]!
  const scroller = useRef<HTMLDivElement>(null)
  // the compiler's rule does not know this library; nothing here is memoised over its functions
  const virtual = useVirtualizer({
    count: rows.length, getScrollElement: () => scroller.current, estimateSize: () => rowHeight, overscan: 12,
  })
  const items = virtual.getVirtualItems()
  const before = items[0]?.start ?? 0
  const after = virtual.getTotalSize() - (items[items.length - 1]?.end ?? 0)
  const unit = type?.unit === 'count' ? type.name : type?.unit ?? ''
  return (
    <div className="function-table" ref={scroller} tabIndex={0} role="region" aria-label="Functions of this profile">
      <table aria-rowcount={rows.length + 1}>
        <caption className="visually-hidden">Functions with self and total, in percent of {wholeLabel}</caption>
        <thead>
          <tr>
            <th scope="col">Function <span className="quiet">(% of {wholeLabel})</span></th>
            <th scope="col">Module</th>
            <th scope="col" className="num">Self, %</th>
            {isSampledCount(type) && <th scope="col" className="num">95 %</th>}
            <th scope="col" className="num">Total, %</th>
            {isSampledCount(type) && <th scope="col" className="num">95 %</th>}
            <th scope="col" className="num">Self, {unit}</th>
          </tr>
        </thead>
        <tbody>
          {before > 0 && <tr aria-hidden="true" style={{ height: before }}><td colSpan={7} /></tr>}
          {items.map((item) => {
            const row = rows[item.index]!
            const frame = functions.frame[row]!
            const name = tree.frames.name[frame]!
            return (
              <tr key={frame} aria-rowindex={item.index + 2}>
                <th scope="row">
                  <button type="button" tabIndex={-1} className={`link${run.kind === 'imported' ? ' mono' : ''}`} title={`Search for ${name}`}
                    onClick={() => setSearch(name)}>{name}</button>
                </th>
                <td className="quiet function-module" title={tree.frames.module[frame]}>{shortModule(tree.frames.module[frame]!)}</td>
                <ShareCells part={functions.self[row]!} all={all} type={type} />
                <ShareCells part={functions.total[row]!} all={all} type={type} />
                <td className="num">{whole(functions.self[row]!)}</td>
              </tr>
            )
          })}
          {after > 0 && <tr aria-hidden="true" style={{ height: after }}><td colSpan={7} /></tr>}
        </tbody>
      </table>
      {rows.length === 0 && <p className="quiet function-none">No function has "{search}" in its name.</p>}
    </div>
  )
}

/** A module's path would push the figures out of sight: its last part tells it apart. */
function shortModule(module: string): string {
  return module.slice(module.lastIndexOf('/') + 1)
}

function ShareCells({ part, all, type }: { part: number; all: number; type: Parameters<typeof shareOf>[2] }) {
  const share = shareOf(part, all, type)
  const digits = digitsFor(share.ci95)
  return (
    <>
      <td className="num">{fixed(share.percent, digits)}</td>
      {isSampledCount(type) && <td className="num quiet">{share.ci95 ? intervalText(share.ci95, digits) : '–'}</td>}
    </>
  )
}

/** Rows of the function table that the search leaves: those whose own name matches. */
function filtered({ tree, functions }: Flame, search: string): Int32Array {
  const all = Int32Array.from(functions.frame, (_, row) => row)
  const match = matchOf(tree, search)
  if (!match) return all
  const frames = new Uint8Array(tree.frames.name.length)
  for (let node = 1; node < match.matched.length; node++) {
    if (match.matched[node]) frames[tree.frame[node]!] = 1
  }
  return all.filter((row) => frames[functions.frame[row]!])
}
