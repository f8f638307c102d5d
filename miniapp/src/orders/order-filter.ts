import { signal } from '@preact/signals'
import type { ListScope } from './merge-change.ts'

/** What the orders screen shows; kept while one looks at other screens. */
export const filter = signal<ListScope>({ stage: undefined, search: '' })
