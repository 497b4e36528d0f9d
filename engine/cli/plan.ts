import { type Command, InvalidArgumentError } from 'commander'
import { PlainErrorException } from '../plain-error'
import { samplesForDifference, samplesForShare } from '../statistics/planner'
import { addExamples, addJson } from './describe'
import type { Terminal } from './terminal'

interface PlanOptions {
  share: number
  resolve?: number
  difference?: number
  hz?: number
  power: number
  json?: true
}

/** How long to sample before a row can be known, or two runs be told apart. */
export function addPlan(program: Command, terminal: Terminal): void {
  const command = program.command('plan')
    .description('samples (and seconds) needed to know a share closely enough, or to see a difference')
    .requiredOption('--share <percent>', 'about how large the row is', share)
    .option('--resolve <points>', 'to know it to plus or minus so many points', percent)
    .option('--difference <points>', 'to see a difference of so many points between two runs', percent)
    .option('--hz <rate>', 'samples a second, to say it in seconds', percent)
    .option('--power <percent>', 'how often a true difference must be found', percent, 80)
  addJson(command, 'worldswitch.plan/1')
  addExamples(command,
    ['plan --share 2.5 --resolve 0.3 --hz 1000', 'how long to sample until a row of 2.5 % is known to 0.3 points'],
    ['plan --share 10 --difference 1', 'how many samples a side show a difference of one point'])
  command.action(({ share, resolve, difference, hz, power, json }: PlanOptions) => {
    if (resolve === undefined && difference === undefined) {
      throw new PlainErrorException({ what: 'plan needs --resolve or --difference: what is to be seen.' })
    }
    const rate = hz === undefined ? {} : { ratePerSecond: hz }
    const plans = [
      ...(resolve === undefined ? [] : [{ of: 'share' as const, answer: samplesForShare(share / 100, resolve / 100, rate) }]),
      ...(difference === undefined ? [] : [{ of: 'difference' as const, answer: samplesForDifference(share / 100, difference / 100, { ...rate, power: power / 100 }) }]),
    ].map(({ of, answer }) => {
      if (!answer.known) throw new PlainErrorException({ what: `No plan: ${answer.why}.` })
      const { samples, independentSamples, seconds, words } = answer
      return { of, samples, independentSamples, seconds, words }
    })
    if (json) terminal.json({ schema: 'worldswitch.plan/1', plans })
    else terminal.write(plans.map(({ words }) => `${words}\n`).join(''))
  })
}

function share(text: string): number {
  const value = percent(text)
  if (value >= 100) throw new InvalidArgumentError('A percentage between 0 and 100 is needed.')
  return value
}

function percent(text: string): number {
  const value = Number(text)
  if (text.trim() === '' || !Number.isFinite(value) || value <= 0) throw new InvalidArgumentError('A number above 0 is needed.')
  return value
}
