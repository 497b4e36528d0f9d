import { useEffect, useRef } from 'react'
import { paintPacket } from './packet-painter'
import { drawingOf, offerPicture } from './pictures'
import { hopAt, packetHeight, type PacketScene } from './packet-scene'
import { useDensity } from './use-density'
import './packet.css'

interface PacketCanvasProps {
  scene: PacketScene
  label: string
  hover: (hop: number, x: number, y: number) => void
}

/** One packet's way as a picture; its table twin stands below it. */
export function PacketCanvas({ scene, label, hover }: PacketCanvasProps) {
  const density = useDensity()
  const canvas = useRef<HTMLCanvasElement>(null)
  const latest = useRef(scene)
  const said = useRef(label)

  useEffect(() => {
    latest.current = scene
    said.current = label
    if (canvas.current) paint(canvas.current, scene, density)
  }, [scene, label, density])

  useEffect(() => {
    const element = canvas.current
    if (!element?.parentElement) return
    const resizing = new ResizeObserver(() => paint(element, latest.current, density))
    resizing.observe(element.parentElement)
    const takeBack = offerPicture({
      element, get name() { return said.current },
      draw: (prefix) => {
        const { clientWidth: width, clientHeight: height } = element
        const light = { ...latest.current, dark: false, hovered: -1 }
        return drawingOf(width, height, prefix, (context) => paintPacket(context, light, width, height, 1))
      },
    })
    return () => {
      takeBack()
      resizing.disconnect()
    }
  }, [density])

  return (
    <div className="packet-canvas" role="img" aria-label={label} data-testid="packet-canvas" style={{ minHeight: packetHeight(scene) }}>
      <canvas ref={canvas} onPointerLeave={() => hover(-1, 0, 0)}
        onPointerMove={({ nativeEvent: { offsetX, offsetY } }) => hover(hopAt(scene, offsetY, canvas.current?.clientHeight ?? 0), offsetX, offsetY)} />
    </div>
  )
}

function paint(canvas: HTMLCanvasElement, scene: PacketScene, ratio: number): void {
  const width = canvas.parentElement?.clientWidth ?? 0
  const height = Math.max(packetHeight(scene), canvas.parentElement?.clientHeight ?? 0)
  const context = canvas.getContext('2d')
  if (width === 0 || !context) return
  canvas.width = Math.round(width * ratio)
  canvas.height = Math.round(height * ratio)
  canvas.style.width = `${width}px`
  canvas.style.height = `${height}px`
  context.setTransform(canvas.width / width, 0, 0, canvas.height / height, 0, 0)
  paintPacket(context, scene, width, height, ratio)
}
