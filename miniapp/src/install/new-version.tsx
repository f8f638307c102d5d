import { hasUnsaved } from '../parts/draft.ts'
import { newVersion } from './worker.ts'
import './new-version.css'

/** Offers the new version of the panel; not while something is typed that is not saved yet. */
export function NewVersion() {
  const reload = newVersion.value
  if (!reload || hasUnsaved.value) return null
  return (
    <div class="new-version" role="status">
      <span>A new version is ready</span>
      <button type="button" onClick={reload}>
        Reload
      </button>
    </div>
  )
}
