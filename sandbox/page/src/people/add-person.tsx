import * as sandbox from '../api/sandbox.ts'
import { Dialog } from '../parts/dialog.tsx'
import { attempt } from '../parts/toast.ts'
import './add-person.css'
import { go } from '../world/sync.ts'
import { people } from '../world/world.ts'

const languages = [
  ['en', 'English'],
  ['de', 'Deutsch'],
  ['es', 'Español'],
  ['fr', 'Français'],
  ['it', 'Italiano'],
  ['pt', 'Português'],
  ['ru', 'Русский'],
  ['uk', 'Українська'],
  ['tr', 'Türkçe'],
] as const

/** Somebody new with a phone and a Telegram account. */
export function AddPerson({ onClose }: { onClose: () => void }) {
  async function add(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    const fields = new FormData(event.currentTarget as HTMLFormElement)
    const username = String(fields.get('username')).replace(/^@/, '')
    const id = Math.max(1000, ...people.peek().map((person) => person.id)) + 1
    const person = await attempt(() =>
      sandbox.addPerson({
        id,
        firstName: String(fields.get('name')).trim(),
        languageCode: String(fields.get('language')),
        ...(username ? { username } : {}),
      }),
    )
    if (!person) return
    onClose()
    go({ personId: person.id, chatId: person.id })
  }

  return (
    <div class="over-page">
      <Dialog title="Add a person" onClose={onClose}>
        <form class="add-person" onSubmit={(event) => void add(event)}>
          <label>
            First name
            <input class="field" name="name" required maxLength={64} autocomplete="off" />
          </label>
          <label>
            Username (optional)
            <input class="field" name="username" pattern="@?[A-Za-z][A-Za-z0-9_]{3,31}" placeholder="@ana" />
          </label>
          <label>
            Language of their phone
            <select class="field" name="language">
              {languages.map(([code, name]) => (
                <option key={code} value={code}>
                  {name}
                </option>
              ))}
            </select>
          </label>
          <button type="submit" class="button">
            Add
          </button>
        </form>
      </Dialog>
    </div>
  )
}
