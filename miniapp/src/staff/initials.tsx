import { initialsOf } from './roles.ts'
import './initials.css'

/** A person as a round mark; beside their name it says nothing to a screen reader. */
export function Initials({ name, small = false }: { name: string; small?: boolean }) {
  return small ? (
    <span class="initials initials-small" role="img" aria-label={`Assigned to ${name}`} title={name}>
      {initialsOf(name)}
    </span>
  ) : (
    <span class="initials" aria-hidden="true">
      {initialsOf(name)}
    </span>
  )
}
