import { useSignal } from '@preact/signals'
import type { ArrivedMail } from '../api/shapes.ts'
import './letter.css'

/** A mail, in both of the forms that were sent. */
export function Letter({ mail }: { mail: ArrivedMail }) {
  const form = useSignal<'html' | 'text'>('html')
  return (
    <article class="letter">
      <h2>{mail.subject}</h2>
      <div class="letter-forms" role="tablist" aria-label="Form of the mail">
        {(['html', 'text'] as const).map((one) => (
          <button
            key={one}
            type="button"
            role="tab"
            aria-selected={form.value === one}
            onClick={() => (form.value = one)}
          >
            {one === 'html' ? 'As a page' : 'As text'}
          </button>
        ))}
      </div>
      {form.value === 'html' ? (
        <iframe
          title={mail.subject}
          // As in a mail program: nothing in it runs, and its links open elsewhere.
          sandbox="allow-popups allow-popups-to-escape-sandbox"
          srcdoc={mail.html.replace('<head>', '<head><base target="_blank">')}
        />
      ) : (
        <pre>{mail.text}</pre>
      )}
    </article>
  )
}
