// What only packaging needs (electron-builder, a rasteriser, a writer of bills of materials) is installed when a
// package is made: everybody else's set-up stays quick.
import { copyFileSync, mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from '../setup/files.mjs'
import { ensurePackages } from '../setup/packages.mjs'

const FOLDER = join(root, '.cache', 'package-tools')

export const ensureTools = () => {
  mkdirSync(FOLDER, { recursive: true })
  for (const name of ['package.json', 'package-lock.json']) copyFileSync(join(root, 'build', 'package', 'tools', name), join(FOLDER, name))
  return ensurePackages(FOLDER)
}

export const toolPath = (name) => createRequire(join(FOLDER, 'package.json')).resolve(name)
export const toolFile = (...parts) => join(FOLDER, 'node_modules', ...parts)
export const importTool = (name) => import(pathToFileURL(toolPath(name)).href)
