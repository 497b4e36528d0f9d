import { useId, type ReactNode } from 'react'
import './widgets.css'

interface SegmentedProps<Value extends string> {
  label: string
  value: Value | null
  options: readonly { value: Value; label: string; disabled?: string; testId?: string }[]
  onChange: (value: Value) => void
  testId?: string
  wide?: boolean
}

/** One choice of a few, all in sight. A disabled option says why in its title. */
export function Segmented<Value extends string>(props: SegmentedProps<Value>) {
  const { label, value, options, onChange, testId, wide } = props
  const enabled = options.filter((option) => !option.disabled)
  const tabStop = enabled.some((option) => option.value === value) ? value : enabled[0]?.value
  const move = (from: Value, step: number) => {
    const at = enabled.findIndex((option) => option.value === from)
    const next = enabled[(at + step + enabled.length) % enabled.length]
    if (next) onChange(next.value)
  }
  return (
    <div className={`segmented${wide ? ' wide' : ''}`} role="radiogroup" aria-label={label} data-testid={testId}
      data-value={value ?? ''}>
      {options.map((option) => (
        <button key={option.value} type="button" role="radio" aria-checked={option.value === value}
          tabIndex={option.value === tabStop ? 0 : -1} disabled={Boolean(option.disabled)} title={option.disabled}
          data-testid={option.testId} ref={(element) => focusWithGroup(element, option.value === value)}
          onClick={() => onChange(option.value)}
          onKeyDown={(event) => {
            const step = stepOf(event.key)
            if (step === 0) return
            event.preventDefault()
            event.stopPropagation()
            move(option.value, step)
          }}>
          {option.label}
        </button>
      ))}
    </div>
  )
}

function stepOf(key: string): number {
  if (key === 'ArrowRight' || key === 'ArrowDown') return 1
  return key === 'ArrowLeft' || key === 'ArrowUp' ? -1 : 0
}

/** Focus follows the choice inside a radio group, as arrow keys promise. */
function focusWithGroup(element: HTMLButtonElement | null, chosen: boolean): void {
  const focused = document.activeElement
  if (element && chosen && focused !== element && focused?.getAttribute('role') === 'radio'
    && focused.parentElement === element.parentElement) element.focus()
}

interface FieldProps {
  label: string
  problem?: string | undefined
  children: (attributes: { id: string; 'aria-invalid': boolean; 'aria-describedby'?: string }) => ReactNode
}

export function Field({ label, problem, children }: FieldProps) {
  const id = useId()
  const described = problem ? { 'aria-describedby': `${id}-problem` } : {}
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({ id, 'aria-invalid': Boolean(problem), ...described })}
      {problem && <span className="field-problem" id={`${id}-problem`} role="alert">{problem}</span>}
    </div>
  )
}

interface SwitchProps {
  label: string
  checked: boolean
  disabled?: boolean
  title?: string
  testId?: string
  onChange: (checked: boolean) => void
}

export function Switch({ label, checked, disabled, title, testId, onChange }: SwitchProps) {
  return (
    <label className={`switch${disabled ? ' disabled' : ''}`} title={title}>
      <input type="checkbox" role="switch" checked={checked} disabled={disabled} data-testid={testId}
        onChange={(event) => onChange(event.target.checked)} />
      <span>{label}</span>
    </label>
  )
}
