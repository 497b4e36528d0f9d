'use strict'
// A dist without Electron's default app starts nothing by itself. This loader does that app's job for
// `electron [-r MODULE] DIR [ARGS]`: Playwright needs -r, people and npm start need DIR.
const { app } = require('electron')
const fs = require('node:fs')
const path = require('node:path')

process.defaultApp = true

const required = []
let target
const args = process.argv.slice(1)
for (let i = 0; i < args.length && target === undefined; i += 1) {
  const arg = args[i]
  if (arg === '-r' || arg === '--require') required.push(args[++i])
  else if (arg === '-v' || arg === '--version') {
    process.stdout.write(`v${process.versions.electron}\n`)
    process.exit(0)
  } else if (!arg.startsWith('-')) target = path.resolve(arg)
}

if (target === undefined) {
  process.stderr.write('usage: electron [-r MODULE] DIR [ARGS]\n')
  process.exit(2)
}

for (const name of required) require(path.resolve(name))

const manifest = JSON.parse(fs.readFileSync(path.join(target, 'package.json'), 'utf8'))
app.setName(manifest.productName ?? manifest.name)
app.setVersion(manifest.version)
app.setAppPath(target)
// Synchronously: privileged schemes and switches must be set before Electron is ready.
require(path.join(target, manifest.main ?? 'index.js'))
