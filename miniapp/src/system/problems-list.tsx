import type { SystemReport } from '../../../src/http/contract/system.ts'
import { Icon } from '../parts/icon.tsx'
import { When } from '../parts/when.tsx'
import { problemsOf } from './problems.ts'
import '../notices/troubles.css'

interface ProblemsProps {
  report: SystemReport
  lost: string | undefined
}

/** What is wrong and what to do about it, or that nothing is. */
export function Problems({ report, lost }: ProblemsProps) {
  const problems = problemsOf(report)
  if (lost) {
    const words = `${lost} What stands below is how it was.`
    problems.unshift({ key: 'lost', title: 'The shop does not answer', words, since: null })
  }
  if (problems.length === 0) {
    return (
      <p class="system-well" data-system="well">
        <Icon name="check" />
        <span>
          <strong>Everything works</strong>
          <span class="small system-well-words">Promises are kept, and no job or backup fails.</span>
        </span>
      </p>
    )
  }
  return (
    <div class="system-problems" data-system={problems.length}>
      {problems.map(({ key, title, words, since }) => (
        <section class="trouble" role="alert" key={key} data-problem={key}>
          <Icon name="alert" />
          <div class="line-words">
            <p class="strong wrap">{title}</p>
            <p class="wrap">{words}</p>
            {since !== null && (
              <p class="small">
                Began <When at={since} inSentence />
              </p>
            )}
          </div>
        </section>
      ))}
    </div>
  )
}
