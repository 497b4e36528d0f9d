import { useEffect, useMemo } from 'react'
import type { PlanResult } from '../../../engine/experiments/method/types'
import type { SessionRun } from '../../../engine/session/document'
import { askForPlan, editPlan } from '../../state/actions-method'
import { planChoices, planRequest, type PlanProblems } from '../../state/method-rows'
import { fixed, significant, whole } from '../../state/numbers'
import { useWorkbench } from '../../state/store'
import { Field } from '../../widgets/controls'

const fields = [
  { id: 'precision', label: 'know it to ± points' }, { id: 'difference', label: 'see a change of, points' },
  { id: 'power', label: 'with certainty, %' }, { id: 'rate', label: 'samples a second' },
] as const

/** How long to sample before a row is known closely enough, or a change of it is seen. */
export function PlannerSection({ run }: { run: SessionRun }) {
  const typed = useWorkbench((state) => state.method.fields)
  const plan = useWorkbench((state) => state.method.plan)
  const planned = useWorkbench((state) => state.method.planned)
  const { choices, ratePerSecond } = useMemo(() => planChoices(run), [run])
  const choice = choices.find(({ id }) => id === typed.row) ?? choices[0]
  const asked = useMemo(() => (choice ? planRequest(typed, choice, ratePerSecond) : null), [typed, choice, ratePerSecond])
  const request = asked && 'request' in asked ? asked.request : null
  const problems: PlanProblems = asked && 'problems' in asked ? asked.problems : {}
  useEffect(() => { void askForPlan(request) }, [request])
  return (
    <section className="method-section" aria-label="Planner" data-testid="method-planner">
      <h2>Planner: how long to sample</h2>
      {!choice ? <p className="quiet">Nothing to plan with: {run.kind === 'simulated' ? 'the run has no samples.' : 'the profile has no single samples in order of time.'}</p> : (
        <>
          <div className="method-form">
            <Field label={run.kind === 'simulated' ? 'Row' : 'World'}>
              {(attributes) => (
                <select className="select" {...attributes} data-testid="plan-row" value={choice.id} onChange={(event) => editPlan({ row: event.target.value })}>
                  {choices.map(({ id, label }) => <option key={id} value={id}>{label}</option>)}
                </select>
              )}
            </Field>
            {fields.map(({ id, label }) => (
              <Field key={id} label={label} problem={problems[id]}>
                {(attributes) => (
                  <input className="input num-input" {...attributes} data-testid={`plan-${id}`} inputMode="decimal" value={typed[id]}
                    placeholder={id === 'rate' && ratePerSecond !== null ? fixed(ratePerSecond, 0) : ''}
                    onChange={(event) => editPlan({ [id]: event.target.value })} />
                )}
              </Field>
            ))}
          </div>
          <p className="quiet">
            In this run {choice.label} is about {significant(100 * choice.share)} % of {choice.whole}
            {choice.inflation > 1.005 ? `, and ${significant(choice.inflation)} samples count for one independent sample` : ''}.
            {choice.partOfSamples < 1 ? ` Of all samples ${significant(100 * choice.partOfSamples)} % fall into ${choice.whole}; seconds allow for that.` : ''}
          </p>
          {request && plan?.state === 'done' && <Plan plan={plan.result} busy={planned !== request} />}
          {request && plan?.state === 'failed' && <p className="quiet">The plan was not made.</p>}
        </>
      )}
    </section>
  )
}

/** The last plan fades while another is worked out: its figures belong to what was chosen before. */
function Plan({ plan: { know, see, powerPercent }, busy }: { plan: PlanResult; busy: boolean }) {
  const rows = [['to know it', know], [`to see the change, ${fixed(powerPercent, 0)} % of the time, each run`, see]] as const
  return (
    <div data-testid="plan" role="status" aria-busy={busy} className={busy ? 'stale' : undefined}>
      <table className="method-table">
        <caption className="visually-hidden">Samples and seconds needed in the row’s whole</caption>
        <thead><tr><th scope="col">What</th><th scope="col" className="num">samples</th><th scope="col" className="num">independent</th><th scope="col" className="num">seconds</th></tr></thead>
        <tbody>
          {rows.map(([what, answer]) => (
            <tr key={what}>
              <th scope="row">{what}</th>
              {answer.known ? (
                <>
                  <td className="num">{whole(answer.samples)}</td><td className="num">{whole(answer.independentSamples)}</td>
                  <td className="num">{answer.seconds === null ? '–' : significant(answer.seconds)}</td>
                </>
              ) : <td colSpan={3} className="quiet">no plan: {answer.why}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
