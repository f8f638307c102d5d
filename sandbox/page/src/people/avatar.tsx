import './avatar.css'

interface AvatarProps {
  name: string
  colour?: string | undefined
  size?: 28 | 36 | 44
}

/** A round picture with the first letters of a name. */
export function Avatar({ name, colour = '#4d9be0', size = 44 }: AvatarProps) {
  return (
    <span class={`avatar avatar-${size}`} style={{ '--colour': colour }} aria-hidden="true">
      {initials(name)}
    </span>
  )
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/)
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined]
  return letters.map((word) => [...(word ?? '')][0] ?? '').join('')
}
