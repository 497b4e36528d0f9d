import { useMemo, useState } from 'react'
import { Panel, Separator } from 'react-resizable-panels'
import { hopsOf } from '../../../engine/experiments/recording/packet-population'
import type { PacketsResult } from '../../../engine/experiments/recording/types'
import type { SimulatedRun } from '../../../engine/session/document'
import { worldNames } from '../../../engine/worlds'
import { PacketCanvas } from '../../charts/PacketCanvas'
import { latencyPlot } from '../../charts/packet-plot'
import type { PacketScene } from '../../charts/packet-scene'
import { Plot } from '../../charts/Plot'
import { populationFor } from '../../state/actions-packet'
import { whole } from '../../state/numbers'
import { durationText, microseconds } from '../../state/slice-words'
import { useWorkbench } from '../../state/store'
import { Panels } from '../../widgets/Panels'
import { Swatch } from '../../widgets/world'
import { PacketHeader } from './PacketHeader'
import { PacketTable } from './PacketTable'
import { latencyScene, packetHops, packetLanes } from './scenes'

interface PacketPathProps {
  run: SimulatedRun
  result: Readonly<PacketsResult>
  row: number
}

export function PacketPath({ run, result, row }: PacketPathProps) {
  const dark = useWorkbench((state) => state.dark)
  const [hover, setHover] = useState<{ hop: number; x: number; y: number } | null>(null)
  const population = populationFor(result)
  const { direction } = run.report.scenario
  const hops = useMemo(() => packetHops(result, population, row), [result, population, row])
  const hovered = hover && hover.hop < hops.length ? hover.hop : -1
  const scene = useMemo<PacketScene>(() => ({ lanes: packetLanes, hops, hovered, dark }), [hops, hovered, dark])
  const latency = useMemo(() => {
    const bars = latencyScene(result, population, row, direction, dark)
    return bars && { bars, option: latencyPlot(bars) }
  }, [result, population, row, direction, dark])
  const number = whole(result.packet[row]!)
  return (
    <section className="packet" aria-label={`Packet path of ${run.name}`}>
      <PacketHeader run={run} result={result} population={population} row={row} />
      <Panels orientation="vertical" id="packet-panels" panelIds={['packet-strip', 'packet-lower']} className="packet-panels">
        <Panel id="packet-strip" minSize={120} defaultSize="68">
          <div className="packet-scroll">
            <PacketCanvas scene={scene} label={`Packet ${number} of ${run.name}, hop by hop; the table below has the figures.`}
              hover={(hop, x, y) => setHover(hop < 0 ? null : { hop, x, y })} />
            {hover && hovered >= 0 && <HopHover result={result} row={row} hop={hovered} x={hover.x} y={hover.y} />}
          </div>
        </Panel>
        <Separator className="splitter horizontal" />
        <Panel id="packet-lower" minSize={110} defaultSize="32">
          <Panels orientation="horizontal" id="packet-figures-panels" panelIds={['packet-table', 'packet-histogram']}>
            <Panel id="packet-table" minSize={260} defaultSize="74">
              <PacketTable result={result} population={population} row={row} latency={latency?.bars ?? null} />
            </Panel>
            <Separator className="splitter vertical" />
            <Panel id="packet-histogram" minSize={150} defaultSize="26">
              {latency && <Plot option={latency.option} testId="packet-latency"
                label={`Time from end to end of ${whole(result.packet.length)} packets, with packet ${number} marked; the table beside it has the figures.`} />}
            </Panel>
          </Panels>
        </Panel>
      </Panels>
    </section>
  )
}

const hoverWidth = 300

function HopHover({ result, row, hop, x, y }: { result: PacketsResult; row: number; hop: number; x: number; y: number }) {
  const found = hopsOf(result, row)[hop]!
  const station = result.stations[found.station]!
  const spread = populationFor(result).hops[found.station]
  const us = (cycles: number) => microseconds(cycles, result.mhz)
  return (
    <div className="packet-hover" role="presentation" style={{ left: `min(${x + 16}px, calc(100% - ${hoverWidth + 8}px))`, top: y + 18, width: hoverWidth }}>
      <strong>{station.label}</strong>
      <span>{station.what}</span>
      <span className="packet-hover-world"><Swatch world={station.world} />{worldNames[station.world]}</span>
      <span>{durationText(found.cycles, result.mhz)}{found.switches > 0 ? `, ${found.switches} world switch${found.switches > 1 ? 'es' : ''}` : ''}</span>
      {spread && <span className="quiet">p5 {us(spread.p5)}, p50 {us(spread.p50)}, p95 {us(spread.p95)} µs of {whole(spread.packets)} packets</span>}
    </div>
  )
}
