import { fileUrl } from '../api/sandbox.ts'
import type { SeenMessage } from '../api/shapes.ts'
import { Icon } from '../look/icon.tsx'
import { formatAmount } from '../payment/money.ts'
import { Avatar } from '../people/avatar.tsx'
import './cards.css'

/** What is in a message besides words and pictures. */
export function Cards({ message }: { message: SeenMessage }) {
  const { document, contact, location, invoice } = message
  return (
    <>
      {document && <DocumentCard document={document} size={message.raw.document?.file_size} />}
      {contact && (
        <div class="card">
          <Avatar name={contact.firstName} colour="#58a86b" />
          <span class="card-words">
            <b class="cut">{contact.firstName}</b>
            <a href={`tel:${contact.phone}`}>{contact.phone}</a>
          </span>
        </div>
      )}
      {location && <Place location={location} />}
      {invoice && (
        <div class="invoice">
          <b>{invoice.title}</b>
          <p>{invoice.description}</p>
          <p class="invoice-total">{formatAmount(invoice.amount, invoice.currency)}</p>
        </div>
      )}
    </>
  )
}

interface DocumentCardProps {
  document: { fileId: string; name: string }
  size: number | undefined
}

function DocumentCard({ document, size }: DocumentCardProps) {
  return (
    <a class="card" href={fileUrl(document.fileId)} download={document.name}>
      <span class="card-round">
        <Icon name="file" />
      </span>
      <span class="card-words">
        <b class="cut">{document.name || 'Document'}</b>
        <span class="hint small">{size === undefined ? 'File' : fileSize(size)}</span>
      </span>
    </a>
  )
}

/** A drawn map: a real one would have to be fetched from somewhere. */
function Place({ location }: { location: { latitude: number; longitude: number } }) {
  return (
    <div class="place">
      <svg viewBox="0 0 260 130" preserveAspectRatio="xMidYMid slice" aria-hidden="true">
        <path class="place-park" d="M0 0h84v52L40 70 0 58ZM176 88l84-14v56h-96Z" />
        <path
          class="place-water"
          d="M0 112c60-22 96 8 140-14s70-20 120-62v18c-44 34-76 40-112 56S60 108 0 130Z"
        />
        <path class="place-road" d="M-5 84 100 44 265 20M60-5l40 49 24 90M180-5l-14 36 44 104M-5 30l105 14" />
      </svg>
      <span class="place-pin">
        <Icon name="pin" />
      </span>
      <p class="small">
        {location.latitude.toFixed(5)}, {location.longitude.toFixed(5)}
      </p>
    </div>
  )
}

function fileSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  return bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`
}
