import { useEffect, useState } from 'preact/hooks'
import { fetchDead } from '../api/notices.ts'
import { Icon } from '../parts/icon.tsx'
import { followCalmly } from './overview.ts'
import './notices-link.css'

/** The way to the notices page, with how many messages not delivered. */
export function NoticesLink() {
  const [count, setCount] = useState(0)
  async function load(): Promise<void> {
    // The number is an extra: the link leads on without it.
    const dead = await fetchDead(1).catch(() => undefined)
    if (dead) setCount(dead.count)
  }
  useEffect(() => {
    void load()
    return followCalmly(load)
  }, [])
  return (
    <a class="line" href="/app/more/notices">
      <Icon name="send" />
      <span class="line-words">Notices</span>
      {count > 0 && (
        <span class="notices-dead" data-dead={count}>
          <Icon name="alert" size={16} />
          {count.toLocaleString('en')}
          <span class="unseen"> not delivered</span>
        </span>
      )}
      <Icon name="next" />
    </a>
  )
}
