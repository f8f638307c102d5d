import { useState } from 'preact/hooks'
import type { Books } from '../../../src/http/contract/money.ts'
import { checkBooks, settleDifference } from '../api/money.ts'
import { sentenceOf } from '../api/request.ts'
import { PROVIDERS, type State } from '../money/ledger-words.ts'
import { StateLine } from '../money/state-line.tsx'
import { Button } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { say } from '../parts/snack.ts'
import { Ago, When } from '../parts/when.tsx'
import { haptic } from '../telegram/telegram.ts'
import { comparedWords } from './compared-words.ts'
import '../money/entry-line.css'
import './books.css'

interface BooksCardProps {
  books: Books
  onChanged: () => Promise<void>
}

/** Whether ledger, orders and providers agree, and what does not. */
export function BooksCard({ books, onChanged }: BooksCardProps) {
  const { checkedAt, checking, compared, differences } = books
  const [busy, setBusy] = useState(false)

  async function check(): Promise<void> {
    setBusy(true)
    try {
      await checkBooks()
      haptic('success')
    } catch (error) {
      haptic('error')
      say(sentenceOf(error))
    }
    await onChanged()
    setBusy(false)
  }

  return (
    <section class="section" data-books={checkedAt === null ? 'new' : differences.length}>
      <h2>The books</h2>
      <div class="card">
        <div class="line">
          <Icon name="book" />
          <div class="line-words books-verdict">
            <StateLine state={verdictOf(books)} />
            <p class="small hint">
              {checkedAt === null ? 'They are checked once a day.' : 'Checked '}
              {checkedAt !== null && <When at={checkedAt} inSentence />}
            </p>
          </div>
          <Button busy={busy || checking} onPress={() => void check()}>
            Check now
          </Button>
        </div>
        <ul>
          {differences.map((difference) => (
            <Difference key={difference.id} difference={difference} onChanged={onChanged} />
          ))}
        </ul>
        {compared.length > 0 && (
          <ul class="books-compared small">
            {compared.map((one) => (
              <li key={one.source} class={one.trouble ? 'books-missing' : 'hint'}>
                {comparedWords(one)}
              </li>
            ))}
          </ul>
        )}
      </div>
    </section>
  )
}

function verdictOf({ checkedAt, compared, differences }: Books): State {
  if (checkedAt === null) return { tone: 'waits', icon: 'clock', word: 'Not checked yet' }
  if (differences.length > 0) {
    const count = differences.length === 1 ? 'One thing does' : `${differences.length} things do`
    return { tone: 'bad', icon: 'alert', word: `${count} not agree` }
  }
  if (compared.some(({ trouble }) => trouble)) {
    return { tone: 'waits', icon: 'alert', word: 'Agree as far as could be seen' }
  }
  return { tone: 'good', icon: 'check', word: 'Everything agrees' }
}

interface DifferenceProps {
  difference: Books['differences'][number]
  onChanged: () => Promise<void>
}

function Difference({ difference, onChanged }: DifferenceProps) {
  const { id, words, provider, orderNumber, foundAt } = difference
  const [busy, setBusy] = useState(false)

  async function settle(): Promise<void> {
    setBusy(true)
    try {
      await settleDifference(id)
      haptic('success')
      await onChanged()
    } catch (error) {
      haptic('error')
      say(sentenceOf(error))
    }
    setBusy(false)
  }

  return (
    <li class="entry difference" data-difference={difference.kind}>
      <div class="entry-head">
        <Icon name="alert" />
        <div class="line-words">
          <p class="wrap">{words}</p>
          <p class="small hint">
            {orderNumber !== null && (
              <>
                <a class="roomy" href={`/app/orders/${orderNumber}`}>
                  Order #{orderNumber}
                </a>
                {' · '}
              </>
            )}
            {provider && `${PROVIDERS[provider]} · `}
            <Ago at={foundAt} />
          </p>
        </div>
      </div>
      <div class="entry-deeds">
        <Button icon="check" busy={busy} onPress={() => void settle()}>
          Looked at, it is fine
        </Button>
      </div>
    </li>
  )
}
