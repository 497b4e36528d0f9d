import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { configDefaults, defineConfig } from 'vitest/config'

const root = fileURLToPath(new URL('..', import.meta.url))
const folders = ['unit', 'property', 'golden', 'faults', 'fuzz'].map((name) => join('test', name))

/** A file that replaces modules or globals, or works on the window's one store, would be felt by the files after it. */
const alone = folders
  .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)))
  .filter((file) => /\.test\.tsx?$/.test(file))
  .filter((file) => /vi\.(?:mock|doMock|stubGlobal)\(|renderer\//.test(readFileSync(join(root, file), 'utf8')) || /\/unit\/(?:renderer|electron)\//.test(file))

const shared = {
  root,
  // A property that finds nothing within this time on two loaded cores is too big for every run.
  testTimeout: 60_000,
  passWithNoTests: false,
  restoreMocks: true,
  setupFiles: [join(root, 'test/support/seeded.ts')],
}

export default defineConfig({
  test: {
    // by itself it leaves one of two cores idle
    maxWorkers: 2,
    projects: [
      { test: { ...shared, name: 'alone', include: alone } },
      // Loading the engine anew for every file took a third of all the time.
      { test: { ...shared, name: 'together', include: folders.map((folder) => `${folder}/**/*.test.{ts,tsx}`), exclude: [...configDefaults.exclude, ...alone], isolate: false } },
    ],
  },
})
