import * as z from 'zod'
import { PlainErrorException } from '../../plain-error'
import { faultsOf, mostRules, ruleSchema, type RuleSet } from './rule'

/** A rule set as a file of its own: docs/classification.md describes it. */
export const rulesFormat = 'worldswitch.rules/1'
export const rulesExtension = '.rules.json'
/** A set with every rule that it may have has some hundred kilobytes; what is larger is something else. */
export const largestRulesFile = 1_000_000

/** Whether a file says that it is a rule file, in whatever state: it goes to the rules and not to the readers of profiles. */
export function isRulesFile(fileName: string, bytes: Uint8Array): boolean {
  if (!fileName.toLowerCase().endsWith('.json') || bytes.byteLength > largestRulesFile) return false
  return /"format"\s*:\s*"worldswitch\.rules(?:\/\d+)?"/.test(new TextDecoder().decode(bytes))
}

const fileSchema = z.looseObject({
  format: z.literal(rulesFormat), name: z.string().min(1).max(200), about: z.string().max(4000).optional(),
  rules: z.array(ruleSchema).max(mostRules),
})

export function rulesFileText({ name, about, rules }: RuleSet): string {
  // a rule a line: people edit these files, and compare them
  const lines = rules.map((rule) => `  ${JSON.stringify(rule)}`)
  return `{\n "format": ${JSON.stringify(rulesFormat)},\n "name": ${JSON.stringify(name)},\n "about": ${JSON.stringify(about)},\n "rules": [\n${lines.join(',\n')}\n ]\n}\n`
}

/** Throws a PlainErrorException that names the file and the rule. The id is for the caller to give. */
export function readRulesFile(fileName: string, text: string): Omit<RuleSet, 'id'> {
  const refuse = (what: string) => new PlainErrorException({ what, where: fileName, todo: 'docs/classification.md describes rule files.' })
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (thrown) {
    throw refuse(`This is no JSON: ${thrown instanceof Error ? thrown.message : 'unreadable'}.`)
  }
  const parsed = fileSchema.safeParse(json)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw refuse(`${placeOf(issue?.path ?? [])} is not as it should be: ${issue?.message ?? 'unreadable'}.`)
  }
  const { name, about, rules } = parsed.data
  const fault = faultsOf(rules)[0]
  if (fault) throw refuse(fault.words)
  return { name, about: about ?? '', rules }
}

function placeOf([first, index, ...more]: readonly PropertyKey[]): string {
  if (first === 'rules' && typeof index === 'number') return `Rule ${index + 1}${more.length > 0 ? `, ${more.map(String).join('.')},` : ''}`
  return first === undefined ? 'The file' : `Its ${String(first)}`
}
