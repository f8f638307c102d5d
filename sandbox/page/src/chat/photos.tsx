import { fileUrl } from '../api/sandbox.ts'
import type { SeenMessage } from '../api/shapes.ts'
import { viewedPhoto } from './photo-viewer.tsx'
import './photos.css'

const widest = 320
const narrowest = 200
const highest = 380

/** One picture, or an album's as tiles. */
export function Photos({ messages }: { messages: SeenMessage[] }) {
  const photos = messages.filter((message) => message.photo)
  if (photos.length === 0) return null
  if (photos.length === 1) return <Photo message={photos[0] as SeenMessage} />
  return (
    <div class={photos.length % 2 ? 'album odd' : 'album'}>
      {photos.map((message) => (
        <Photo key={message.id} message={message} tile />
      ))}
    </div>
  )
}

function Photo({ message, tile = false }: { message: SeenMessage; tile?: boolean }) {
  const { photo = '', photoSize } = message
  const { width = 4, height = 3 } = photoSize ?? {}
  const url = fileUrl(photo)
  return (
    <button
      type="button"
      class="photo"
      aria-label="Open the picture"
      onClick={() => (viewedPhoto.value = url)}
    >
      {/* The measures come with the message, so that nothing jumps when the picture does. */}
      <img
        src={url}
        alt={message.caption ? '' : 'Sent without words'}
        style={tile ? undefined : { aspectRatio: `${width} / ${height}`, maxHeight: `${highest}px` }}
        draggable={false}
      />
    </button>
  )
}

/** Pixels a bubble with pictures is wide; undefined for one without. */
export function photoWidth(messages: SeenMessage[]): number | undefined {
  const photos = messages.filter((message) => message.photo)
  if (photos.length === 0) return undefined
  const { width, height } = photos[0]?.photoSize ?? { width: widest, height: widest }
  if (photos.length > 1) return widest
  return Math.round(Math.max(narrowest, Math.min(widest, (highest * width) / height)))
}
