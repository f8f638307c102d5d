import { useEffect, useState } from 'preact/hooks'
import type { Books } from '../../../src/http/contract/money.ts'
import { fetchBooks } from '../api/money.ts'
import { sentenceOf } from '../api/request.ts'
import { Broken } from '../parts/notice.tsx'
import { RowSkeletons } from '../parts/skeleton.tsx'
import { PageHead } from '../shell/page-head.tsx'
import { BooksCard } from './books-card.tsx'
import { loadMatters, matters, mattersProblem } from './matters.ts'
import { MattersList } from './matters-list.tsx'
import { MoneyPlot } from './money-plot.tsx'
import { WaySums } from './way-sums.tsx'
import '../notices/notices-page.css'
import './books.css'

const CHECKING_MS = 1000

/** What about money waits for a person, whether the books agree, and what came in. */
export function MoneyPage() {
  const [books, setBooks] = useState<Books>()
  const [problem, setProblem] = useState<string>()
  const waiting = matters.value

  async function load(): Promise<void> {
    setProblem(undefined)
    const [, read] = await Promise.allSettled([loadMatters(), fetchBooks()])
    if (read.status === 'fulfilled') setBooks(read.value)
    else setProblem(sentenceOf(read.reason))
  }
  useEffect(() => void load(), [])
  // A check takes a moment, and says itself when it has ended.
  useEffect(() => {
    if (!books?.checking) return
    const timer = setTimeout(() => void load(), CHECKING_MS)
    return () => clearTimeout(timer)
  }, [books])

  const wrong = (books ? undefined : problem) ?? (waiting ? undefined : mattersProblem.value)
  return (
    <div class="page">
      <PageHead title="Money" parent="/app/more" />
      {books && waiting ? (
        <div class="money-page">
          <div class="money-column">
            <MattersList matters={waiting} onChanged={() => void load()} />
            <BooksCard books={books} onChanged={load} />
          </div>
          <div class="money-column">
            <MoneyPlot books={books} />
            <WaySums books={books} />
          </div>
        </div>
      ) : wrong ? (
        <Broken message={wrong} onRetry={() => void load()} />
      ) : (
        <RowSkeletons count={5} />
      )}
    </div>
  )
}
