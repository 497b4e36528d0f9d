// Everything of the app as it is given to users: smaller, without source maps, and with the list of what went in.
import { mkdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { MODULE, PRELOAD, pageOptions, scriptOptions } from '../build.mjs'

/** No kept names: they cost a run some 4 % (node cli.mjs run --bytes 100MB), and the limit of the app is 3 MB. */
const SMALL = { minify: true, legalComments: 'none', metafile: true }

const bundleScripts = async (project, folder, options) => {
  const { build } = await import('esbuild')
  const { metafile } = await build({ ...scriptOptions(project), ...SMALL, outdir: join(folder, 'out'), ...options })
  // What was read and then left out as unused is not shipped.
  return Object.values(metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs).filter((path) => inputs[path].bytesInOutput > 0))
}

const bundlePage = async (project, folder) => {
  const [{ build }, react] = await Promise.all([import('vite'), import('@vitejs/plugin-react')])
  const { output } = await build(pageOptions(react, project, { outDir: join(folder, 'out', 'renderer'), sourcemap: false }))
  return output.flatMap((part) => Object.keys(part.modules ?? {})).map((module) => relative(project, module))
}

/** Where the main process begins, from the app's folder. */
export const MAIN = 'out/electron/main.mjs'

/** Builds into `<folder>/out`; gives the paths of all files that went in, from the project's folder. */
export const bundleApp = async (project, folder) => {
  mkdirSync(folder, { recursive: true })
  const inputs = [
    await bundleScripts(project, folder, { outExtension: { '.js': '.cjs' }, ...PRELOAD, entryPoints: { 'electron/preload': 'electron/preload.ts' } }),
    // What these share is there once, as parts that they load. So the main process is a module here and a script in a
    // checkout, where loaders of our own and of Playwright require() it.
    await bundleScripts(project, folder, {
      ...MODULE,
      entryPoints: {
        'electron/main': 'electron/main.ts', 'electron/engine': 'engine/host.ts', 'electron/engine-crew': 'engine/crew-member.ts',
        cli: 'engine/cli/main.ts',
      },
      define: { __dirname: 'import.meta.dirname' },
      splitting: true,
      outExtension: { '.js': '.mjs' },
    }),
    await bundlePage(project, folder),
  ]
  return [...new Set(inputs.flat())].sort()
}

/** Folders of the npm packages among such paths: `node_modules/react`, and of packages inside packages. */
export const packageFolders = (inputs) => {
  const folders = inputs.map((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path)?.[0])
  return [...new Set(folders.filter(Boolean))].sort()
}
