import { useEffect, useState } from 'preact/hooks'
import { fetchSystem } from '../api/system.ts'
import { Icon } from '../parts/icon.tsx'
import { problemsOf } from './problems.ts'
import '../notices/notices-link.css'

/** The way to the system page, with how much is wrong there. */
export function SystemLink() {
  const [count, setCount] = useState(0)
  useEffect(() => {
    // The number is an extra: the link leads on without it.
    void fetchSystem().then(
      (report) => setCount(problemsOf(report).length),
      () => undefined,
    )
  }, [])
  return (
    <a class="line" href="/app/more/system">
      <Icon name="computer" />
      <span class="line-words">System</span>
      {count > 0 && (
        <span class="notices-dead" data-problems={count}>
          <Icon name="alert" size={16} />
          {count}
          <span class="unseen">{count === 1 ? ' problem' : ' problems'}</span>
        </span>
      )}
      <Icon name="next" />
    </a>
  )
}
