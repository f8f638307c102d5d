import type { StaffGroup, StaffList } from '../../../src/http/contract/staff.ts'
import { sentenceOf } from '../api/request.ts'
import { endGroup } from '../api/staff.ts'
import { IconButton } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { say } from '../parts/snack.ts'
import { me } from '../session/shop.ts'

interface GroupsSectionProps {
  groups: StaffGroup[]
  onChanged: (list: StaffList) => void
}

/** Groups in Telegram that are told of orders, and how another one is. */
export function GroupsSection({ groups, onChanged }: GroupsSectionProps) {
  const mayEnd = me().role !== 'packer'

  async function end(group: StaffGroup): Promise<void> {
    try {
      onChanged(await endGroup(group.id))
      say(`${group.title} is told no more. Send /alerts there to begin again.`)
    } catch (error) {
      say(sentenceOf(error))
    }
  }

  return (
    <section class="section">
      <h2>Groups</h2>
      <div class="card">
        {groups.map((group) => (
          <div class="line" key={group.id} data-group={group.id}>
            <Icon name="bell" />
            <div class="line-words">
              <p class="strong wrap">{group.title}</p>
              <p class="small hint wrap">
                {group.topic ? 'One topic' : 'The whole group'} · added by {group.addedBy}
              </p>
            </div>
            {mayEnd && (
              <IconButton
                icon="close"
                label={`Tell ${group.title} no more`}
                onPress={() => void end(group)}
              />
            )}
          </div>
        ))}
        <p class="line hint small">
          <Icon name="plus" />
          <span class="line-words">
            <span>
              Add the bot to a group of your staff and send <b>/alerts</b> there: orders are told to all of
              it, with buttons for what is next.
            </span>
          </span>
        </p>
      </div>
    </section>
  )
}
