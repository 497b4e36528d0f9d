'use strict'
// The walls between the rooms; README.md of each room says why it stands where it stands.
const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

module.exports = {
  forbidden: [
    forbid('no-circles', 'Arrows point one way.', {}, { circular: true }),
    forbid('engine-is-pure', 'The engine knows neither the window nor the main process.', { path: '^engine/' }, { path: '^(electron|renderer)/' }),
    forbid('main-not-renderer', 'They speak by messages, whose types live in the engine.', { path: '^electron/' }, { path: '^renderer/' }),
    forbid('renderer-not-main', 'They speak by messages, whose types live in the engine.', { path: '^renderer/' }, { path: '^electron/' }),
    forbid(
      'engine-no-frameworks',
      'The engine runs in a terminal, a worker and a test as well.',
      { path: '^engine/' },
      { path: 'node_modules/(react|react-dom|electron|echarts|zrender|zustand)(/|$)' },
    ),
    forbid('engine-no-electron-module', 'host.ts takes its port from process, not from Electron.', { path: '^engine/' }, { path: '^electron$' }),
    forbid(
      'engine-no-node',
      'Files, threads and processes are for the command line, the host, its crew and what these share.',
      { path: '^engine/', pathNot: ['^engine/cli/', '^engine/(host|crew|crew-member|source-file|sealed-path)\\.ts$', '^engine/(session/(?:files|leftovers)|formats/perf-data/run)\\.ts$'] },
      { dependencyTypes: ['core'] },
    ),
    forbid('renderer-no-stdlib', 'It builds functions from text, which the window\'s policy forbids: figures that need it come from the engine.', { path: '^renderer/' }, { path: '@stdlib/', reachable: true }),
    forbid('thread-without-page', 'A thread of the window has no page: it works with the engine alone.', { path: '^renderer/state/trees-worker\\.ts$' }, { pathNot: '^(engine/|renderer/state/trees-parcel\\.ts$|renderer/zod-without-eval\\.ts$)' }),
    forbid('renderer-no-node', 'The window is a sandboxed page.', { path: '^renderer/' }, { dependencyTypes: ['core'] }),
    forbid(
      'machine-watched-not-watching',
      'Profilers implement the machine\'s observer; the machine never knows who watches.',
      { path: '^engine/machine/' },
      { path: '^engine/(profilers|profile|formats|session)/' },
    ),
    forbid('formats-know-no-session', 'A format writes profile columns and nothing above them.', { path: '^engine/formats/' }, { path: '^engine/(session|experiments|machine)/' }),
    forbid(
      'views-apart',
      'Views share state, widgets and charts, never each other.',
      { path: '^renderer/views/([^/]+)/' },
      { path: '^renderer/views/', pathNot: '^renderer/views/$1/' },
    ),
    forbid('nobody-imports-cli', 'The command line is an end, not a part.', { pathNot: '^(engine/cli|test)/' }, { path: '^engine/cli/' }),
    forbid('echarts-in-charts', 'One room knows the chart library.', { path: '^(renderer|electron|engine)/', pathNot: '^renderer/charts/' }, { path: 'node_modules/(echarts|zrender)/' }),
    forbid('product-not-build', 'Scripts and tests are no part of the product.', { path: '^(engine|electron|renderer)/' }, { path: '^(build|test)/' }),
    forbid('no-unresolvable', 'An import must lead somewhere.', { path: '^(engine|electron|renderer|build|test)/' }, { couldNotResolve: true }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(out|test-results|\\.cache|test/fixtures)/' },
    // Type imports are arrows too: a wall that holds only for values is no wall.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'] },
  },
}
