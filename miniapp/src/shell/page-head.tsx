import type { ComponentChildren } from 'preact'
import { IconButton } from '../parts/button.tsx'
import { LiveDot } from './live-dot.tsx'
import { goBack, useTelegramBack } from './navigation.ts'
import './page-head.css'

interface PageHeadProps {
  title: string
  children?: ComponentChildren
  /** Where "back" leads when this page was opened directly; leave out on the pages of the tab bar. */
  parent?: string
}

/** A page's name and the state of the line, always in sight. */
export function PageHead({ title, children, parent }: PageHeadProps) {
  const hasOwnBack = useTelegramBack(parent)
  return (
    <header class="page-head">
      <div class="page-title">
        {parent && !hasOwnBack && (
          <span class="page-back">
            <IconButton icon="back" label="Back" onPress={() => goBack(parent)} />
          </span>
        )}
        <h1 class="cut">{title}</h1>
        <LiveDot />
      </div>
      {children}
    </header>
  )
}
