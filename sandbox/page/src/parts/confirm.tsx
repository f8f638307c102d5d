import { signal } from '@preact/signals'
import { Dialog } from './dialog.tsx'

interface Question {
  title: string
  text: string
  yes: string
  danger?: boolean
  answer: (yes: boolean) => void
}

const question = signal<Question | undefined>(undefined)

/** Asks as a phone asks before it shares or loses something. */
export function confirm(asked: Omit<Question, 'answer'>): Promise<boolean> {
  question.peek()?.answer(false)
  return new Promise((resolve) => {
    question.value = {
      ...asked,
      answer: (yes) => {
        question.value = undefined
        resolve(yes)
      },
    }
  })
}

export function Confirm() {
  if (!question.value) return null
  const { title, text, yes, danger, answer } = question.value
  return (
    <Dialog title={title} onClose={() => answer(false)}>
      <p class="dialog-text">{text}</p>
      <div class="dialog-actions">
        <button type="button" class="button plain" onClick={() => answer(false)}>
          Cancel
        </button>
        <button
          type="button"
          class={danger ? 'button danger' : 'button'}
          autofocus
          onClick={() => answer(true)}
        >
          {yes}
        </button>
      </div>
    </Dialog>
  )
}
