import { useState } from 'react'
import { recordingIntroduction, recordingRecipes, triedWords, type RecordingRecipe } from '../../engine/recording-recipe'
import { setDialog } from '../state/actions-view'
import { copyText } from '../widgets/copy'
import { Dialog } from '../widgets/Dialog'
import './recording.css'

/** How to record what can be opened, from the text that docs/recording.md is made of. */
export function RecordingHelp() {
  const [copied, setCopied] = useState<{ command: string; done: boolean } | null>(null)
  const copy = (command: string) => setCopied({ command, done: copyText(command) })
  return (
    <Dialog title="How to record a profile" onClose={() => setDialog('none')}>
      <div className="recording" tabIndex={0} role="region" aria-label="Recipes" data-testid="recording-help" data-autofocus>
        <p>{recordingIntroduction}</p>
        {recordingRecipes.map((recipe) => <Recipe key={recipe.id} recipe={recipe} copied={copied} copy={copy} />)}
      </div>
      <p role="status" className="visually-hidden">{copied && (copied.done ? 'Copied' : 'Not copied')}</p>
    </Dialog>
  )
}

interface RecipeProps {
  recipe: RecordingRecipe
  copied: { command: string; done: boolean } | null
  copy: (command: string) => void
}

function Recipe({ recipe: { title, gives, tried, steps, notes }, copied, copy }: RecipeProps) {
  return (
    <section>
      <h3>{title}</h3>
      <p>{gives} <span className={tried === null ? 'recording-untried' : 'quiet'}>{triedWords(tried)}</span></p>
      <ol>
        {steps.map(({ words, command }) => (
          <li key={words}>
            {words}
            {command !== undefined && (
              <div className="recording-command">
                <code>{command}</code>
                <button type="button" className="button" aria-label={`Copy: ${command}`} onClick={() => copy(command)}>
                  {copied?.command === command ? (copied.done ? 'Copied' : 'Not copied') : 'Copy'}
                </button>
              </div>
            )}
          </li>
        ))}
      </ol>
      {notes.length > 0 && <ul>{notes.map((note) => <li key={note}>{note}</li>)}</ul>}
    </section>
  )
}
