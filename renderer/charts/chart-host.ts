import * as echarts from 'echarts/core'
import { BarChart, CustomChart, LineChart, ScatterChart } from 'echarts/charts'
import { AriaComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent } from 'echarts/components'
import { CanvasRenderer, SVGRenderer } from 'echarts/renderers'
import type { Inks } from '../theme/inks'

echarts.use([
  BarChart, CustomChart, LineChart, ScatterChart, AriaComponent, GridComponent, LegendComponent, MarkLineComponent,
  TooltipComponent, CanvasRenderer, SVGRenderer,
])

export type PlotOption = echarts.EChartsCoreOption

export interface PlotClick {
  seriesIndex: number
  dataIndex: number
}

/** Tooltips are painted, never HTML: the window's policy lets nobody write markup. */
export function tooltip(inks: Inks, formatter: (params: never) => string): object {
  return {
    renderMode: 'richText', confine: true, backgroundColor: inks.ground, borderColor: inks.line,
    textStyle: { color: inks.text, fontSize: 12 }, formatter,
  }
}

/** One ECharts instance in an element: follows its size, hands on clicks, draws itself as SVG text when asked. */
export class ChartHost {
  private readonly chart: echarts.ECharts
  private readonly resizing: ResizeObserver
  private option: PlotOption = {}

  constructor(private readonly element: HTMLElement, density: number, click: (at: PlotClick) => void) {
    this.chart = echarts.init(element, null, { renderer: 'canvas', devicePixelRatio: density })
    this.chart.on('click', ({ seriesIndex, dataIndex }) => click({ seriesIndex: seriesIndex ?? 0, dataIndex }))
    this.resizing = new ResizeObserver(() => {
      if (element.clientWidth > 0 && element.clientHeight > 0) this.chart.resize()
    })
    this.resizing.observe(element)
  }

  show(option: PlotOption): void {
    this.option = option
    this.chart.setOption(option, { notMerge: true })
  }

  /** The same picture as a standalone SVG document. */
  svg(): string {
    const still = echarts.init(null, null, {
      renderer: 'svg', ssr: true, width: this.element.clientWidth, height: this.element.clientHeight,
    })
    still.setOption(this.option)
    const text = still.renderToSVGString()
    still.dispose()
    return text
  }

  dispose(): void {
    this.resizing.disconnect()
    this.chart.dispose()
  }
}
