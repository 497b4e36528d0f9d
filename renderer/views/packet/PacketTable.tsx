import { hopsOf, type HopSpread, type Population } from '../../../engine/experiments/recording/packet-population'
import type { PacketsResult } from '../../../engine/experiments/recording/types'
import { worldNames } from '../../../engine/worlds'
import type { LatencyScene } from '../../charts/packet-plot'
import { fixed, whole } from '../../state/numbers'
import { microseconds } from '../../state/slice-words'
import { Dash } from '../../widgets/Dash'
import { Swatch } from '../../widgets/world'

interface PacketTableProps {
  result: Readonly<PacketsResult>
  population: Population
  row: number
  latency: LatencyScene | null
}

/** The twin of the strip and of the histogram: the same figures as text. */
export function PacketTable({ result, population, row, latency }: PacketTableProps) {
  const { mhz, stations } = result
  const hops = hopsOf(result, row)
  const switches = hops.reduce((sum, hop) => sum + hop.switches, 0)
  const cycles = hops.reduce((sum, hop) => sum + hop.cycles, 0)
  return (
    <div className="packet-table" tabIndex={0} role="region" aria-label="The packet in figures" data-testid="packet-figures">
      <table>
        <caption>This packet; p5, p50, p95 of the {whole(result.packet.length)} recorded that have the hop; world switches (⇄)</caption>
        <thead>
          <tr>
            <th scope="col">Hop</th><th scope="col" className="num" title="This packet, in microseconds">µs</th><th scope="col" className="num">cycles</th>
            <th scope="col" className="num">p5, µs</th><th scope="col" className="num">p50</th><th scope="col" className="num">p95</th>
            <th scope="col" className="num" title="World switches on this hop"><span aria-hidden="true">⇄</span><span className="visually-hidden">world switches</span></th><th scope="col" className="num" title="World switches on this hop, average of the packets">mean <span aria-hidden="true">⇄</span><span className="visually-hidden">world switches</span></th>
          </tr>
        </thead>
        <tbody>
          {hops.map((hop) => {
            const station = stations[hop.station]!
            return (
              <tr key={station.id} data-testid={`hop-row-${station.id}`}>
                <th scope="row" title={station.what}>
                  <span className="packet-hop"><Swatch world={station.world} /><span className="visually-hidden">{worldNames[station.world]}: </span>{station.label}</span>
                </th>
                <td className="num">{microseconds(hop.cycles, mhz)}</td>
                <td className="num">{whole(hop.cycles)}</td>
                <SpreadCells spread={population.hops[hop.station] ?? null} mhz={mhz} switches={hop.switches} />
              </tr>
            )
          })}
          <tr className="packet-whole" data-testid="hop-row-whole">
            <th scope="row">from end to end</th>
            <td className="num">{microseconds(cycles, mhz)}</td>
            <td className="num">{whole(cycles)}</td>
            <SpreadCells spread={population.whole} mhz={mhz} switches={switches} />
          </tr>
        </tbody>
      </table>
      {latency && (
        <table>
          <caption>Packets by their time from end to end{latency.beyond > 0 && `; ${whole(latency.beyond)} of the last bin took longer still`}</caption>
          <thead><tr><th scope="col">µs</th><th scope="col" className="num">Packets</th></tr></thead>
          <tbody>
            {latency.bins.filter(({ count }) => count > 0).map(({ from, to, count }) => (
              <tr key={from}><th scope="row">{fixed(from, 1)} to {fixed(to, 1)}</th><td className="num">{whole(count)}</td></tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  )
}

function SpreadCells({ spread, mhz, switches }: { spread: HopSpread | null; mhz: number; switches: number }) {
  const cell = (cycles: number | undefined) => (
    <td className="num">{cycles === undefined ? <Dash reason="no packet has this hop" /> : microseconds(cycles, mhz)}</td>
  )
  return (
    <>
      {cell(spread?.p5)}{cell(spread?.p50)}{cell(spread?.p95)}
      <td className="num">{whole(switches)}</td>
      <td className="num quiet">{spread ? fixed(spread.meanSwitches, 2) : '–'}</td>
    </>
  )
}
