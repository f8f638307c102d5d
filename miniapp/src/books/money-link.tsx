import { Icon } from '../parts/icon.tsx'
import { countMatters, matters } from './matters.ts'
import '../notices/notices-link.css'

/** The way to the money page, with how much waits there. */
export function MoneyLink() {
  const count = matters.value ? countMatters(matters.value) : 0
  return (
    <a class="line" href="/app/more/money">
      <Icon name="coins" />
      <span class="line-words">Money and books</span>
      {count > 0 && (
        <span class="notices-dead" data-matters={count}>
          <Icon name="alert" size={16} />
          {count.toLocaleString('en')}
          <span class="unseen"> waiting</span>
        </span>
      )}
      <Icon name="next" />
    </a>
  )
}
