// What failed and why, out of the reports of the tests: for the end of a long output, which is often all of it that is kept.
import { stripVTControlCharacters as plain } from 'node:util'

const MOST_LINES = 30

const block = (lines) => lines.map((line) => `    ${line}`.trimEnd()).join('\n')

/** The first lines of a text, indented; a stack or a call log has more than anybody reads at the end of a run. */
const indented = (text) => {
  const lines = plain(text).trim().split('\n')
  const more = lines.length > MOST_LINES ? [`(${lines.length - MOST_LINES} lines more)`] : []
  return block([...lines.slice(0, MOST_LINES), ...more])
}

/** The last lines of what a program without a report said. */
export const lastLines = (said) => block(plain(said).trim().split('\n').slice(-MOST_LINES))

/** Of vitest's JSON report: one text a failed test, and one a file that could not be loaded. */
export const vitestFailures = (report) => (report?.testResults ?? []).flatMap((file) => {
  const failed = file.assertionResults.filter(({ status }) => status === 'failed')
  if (failed.length === 0 && file.status === 'failed') return [`${file.name}\n${indented(file.message)}`]
  return failed.map(({ fullName, failureMessages }) => `${file.name}: ${fullName}\n${indented(failureMessages.join('\n'))}`)
})

/** Of Playwright's JSON report: one text a test that failed, at the first try or at all of them. */
export const playwrightFailures = (report) => {
  const within = (suite) => [
    ...(suite.specs ?? []).flatMap(({ file, line, title, tests }) =>
      tests.filter(({ status }) => status === 'unexpected' || status === 'flaky').map(({ results }) => {
        const errors = results.flatMap((result) => result.errors.map(({ message }) => message ?? 'no message'))
        return `${file}:${line}: ${title}\n${indented(errors.join('\n'))}`
      })),
    ...(suite.suites ?? []).flatMap(within),
  ]
  const outside = (report?.errors ?? []).map(({ message }) => indented(message ?? 'no message'))
  return [...(report?.suites ?? []).flatMap(within), ...outside]
}
