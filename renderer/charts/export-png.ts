import { PlainErrorException } from '../../engine/plain-error'

/** Above this, Chromium makes no canvas. */
const mostPixels = 120e6

/** An SVG document as pixels, `scale` of them to a unit (fewer where there would be too many). */
export async function pngOf(svg: string, scale: number): Promise<Uint8Array> {
  const image = new Image()
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`
  await image.decode()
  const { naturalWidth: width, naturalHeight: height } = image
  const fits = Math.min(scale, Math.sqrt(mostPixels / (width * height)), 16_000 / Math.max(width, height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(width * fits))
  canvas.height = Math.max(1, Math.round(height * fits))
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  if (!blob) {
    throw new PlainErrorException({
      what: 'The picture could not be made: there is not enough memory for its pixels.', kept: 'Nothing was written.',
      todo: 'Export it as SVG.',
    })
  }
  return new Uint8Array(await blob.arrayBuffer())
}
