// `npm run icons`: the PNGs beside the two SVGs, in the sizes that desktops ask for. They are committed, so that a
// package can be made without this step.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from '../setup/files.mjs'
import { reportFault, say } from '../setup/plain.mjs'
import { ensureTools, importTool } from './tools.mjs'

export const ICONS = join(root, 'build', 'icons')
export const SIZES = [16, 22, 24, 32, 48, 64, 128, 256, 512]

/** The name electron-builder looks for; `session` icons are in a folder of their own. */
export const pngPath = (icon, size) => join(ICONS, icon === 'worldswitch' ? 'png' : icon, `${size}x${size}.png`)
export const svgPath = (icon) => join(ICONS, `${icon}.svg`)

const drawAll = async () => {
  await ensureTools()
  const { Resvg } = (await importTool('@resvg/resvg-js')).default
  for (const icon of ['worldswitch', 'session']) {
    const svg = readFileSync(svgPath(icon), 'utf8')
    for (const size of SIZES) {
      const png = pngPath(icon, size)
      mkdirSync(join(png, '..'), { recursive: true })
      writeFileSync(png, new Resvg(svg, { fitTo: { mode: 'width', value: size } }).render().asPng())
    }
  }
  say(`icons: ${SIZES.length} sizes of each`)
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    await drawAll()
  } catch (error) {
    process.exitCode = reportFault(error)
  }
}
