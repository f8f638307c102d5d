import type { MessageEntity } from '@grammyjs/types'
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { copy } from '../parts/toast.ts'
import { entityTree, type Piece } from './entity-tree.ts'
import './formatted.css'
import { linkOf, openCommand } from './links.ts'

interface FormattedProps {
  text: string
  entities?: readonly MessageEntity[] | undefined
}

/** Text with its entities as elements: nothing in it is ever read as HTML. */
export function Formatted({ text, entities }: FormattedProps) {
  return <>{renderPieces(entityTree(text, entities))}</>
}

function renderPieces(pieces: Piece[]): ComponentChildren[] {
  return pieces.map((piece, index) =>
    typeof piece === 'string' ? piece : <Entity key={index} piece={piece} />,
  )
}

function Entity({ piece }: { piece: Exclude<Piece, string> }) {
  const { entity, text } = piece
  const children = renderPieces(piece.pieces)
  const link = linkOf(entity, text)
  if (link) {
    return (
      <a href={link.href} target="_blank" rel="noopener noreferrer" onClick={link.onClick}>
        {children}
      </a>
    )
  }
  switch (entity.type) {
    case 'bold':
      return <b>{children}</b>
    case 'italic':
      return <i>{children}</i>
    case 'underline':
      return <u>{children}</u>
    case 'strikethrough':
      return <s>{children}</s>
    case 'code':
      return <Copied text={text}>{children}</Copied>
    case 'pre':
      return (
        <Copied text={text} block>
          {children}
        </Copied>
      )
    case 'spoiler':
      return <Spoiler>{children}</Spoiler>
    case 'blockquote':
      return <blockquote>{children}</blockquote>
    case 'expandable_blockquote':
      return <Expandable>{children}</Expandable>
    case 'bot_command':
      return (
        <button type="button" class="text-link" onClick={() => openCommand(text)}>
          {children}
        </button>
      )
    case 'mention':
    case 'text_mention':
    case 'hashtag':
    case 'cashtag':
      return <span class="text-link">{children}</span>
    default:
      return <>{children}</>
  }
}

/** A tap on a code copies it, as Telegram does. */
function Copied({
  text,
  block = false,
  children,
}: {
  text: string
  block?: boolean
  children: ComponentChildren
}) {
  return (
    <button type="button" class={block ? 'code block' : 'code'} title="Copy" onClick={() => copy(text)}>
      <code>{children}</code>
    </button>
  )
}

function Spoiler({ children }: { children: ComponentChildren }) {
  const [shown, setShown] = useState(false)
  if (shown) return <span>{children}</span>
  return (
    <button
      type="button"
      class="spoiler"
      aria-label="Hidden text, tap to show"
      onClick={() => setShown(true)}
    >
      {children}
    </button>
  )
}

function Expandable({ children }: { children: ComponentChildren }) {
  const [open, setOpen] = useState(false)
  return (
    <blockquote class={open ? 'expandable open' : 'expandable'}>
      {children}
      <button type="button" class="text-link" onClick={() => setOpen(!open)}>
        {open ? 'less' : 'more'}
      </button>
    </blockquote>
  )
}
