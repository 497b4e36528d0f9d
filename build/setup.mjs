// From a fresh clone to something that starts. No package is needed to run this file, and its syntax is old enough
// for an old Node to reach the sentence that says so.
import { pathToFileURL } from 'url'

var NEEDED = [20, 19]

function nodeFault(version) {
  var parts = version.split('.').map(Number)
  if (parts[0] > NEEDED[0] || (parts[0] === NEEDED[0] && parts[1] >= NEEDED[1])) return null
  return (
    'Worldswitch needs Node ' + NEEDED.join('.') + ' or newer; this is Node ' + version + '.\n' +
    'What to do: install a newer Node (nodejs.org, or your version manager), then start again.'
  )
}

function main() {
  var fault = nodeFault(process.versions.node)
  if (fault) {
    console.error(fault)
    process.exitCode = 1
    return
  }
  import('./setup/steps.mjs').then(function (steps) {
    return steps.main(process.argv[1], process.argv.slice(2)).then(function (code) {
      process.exitCode = code
    })
  })
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) main()

export { nodeFault }
