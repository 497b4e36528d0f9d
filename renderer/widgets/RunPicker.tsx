interface RunPickerProps {
  runs: readonly { id: string; name: string }[]
  value: string
  onChange: (id: string) => void
  testId?: string
  /** What is chosen, where it is not the run that the view shows. */
  label?: string
}

/** Which of the session's runs a view shows; with a single one, its name. */
export function RunPicker({ runs, value, onChange, testId, label = 'Run shown' }: RunPickerProps) {
  const only = runs.length < 2 ? runs[0] : undefined
  if (only) return <strong className="run-picker">{only.name}</strong>
  return (
    <select className="select run-picker" aria-label={label} data-testid={testId} value={value}
      onChange={(event) => onChange(event.target.value)}>
      {runs.map((run) => <option key={run.id} value={run.id}>{run.name}</option>)}
    </select>
  )
}
