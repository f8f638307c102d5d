import { useState } from 'preact/hooks'
import { Icon } from './icon.tsx'
import './picture.css'

/** A product's picture, or a quiet stand-in when there is none or it does not load. */
export function Picture({ src }: { src: string | null }) {
  const [broken, setBroken] = useState<string>()
  if (!src || broken === src) {
    return (
      <span class="picture picture-none">
        <Icon name="photo" />
      </span>
    )
  }
  return (
    <img
      class="picture"
      src={src}
      alt=""
      width={56}
      height={56}
      loading="lazy"
      decoding="async"
      onError={() => setBroken(src)}
    />
  )
}
