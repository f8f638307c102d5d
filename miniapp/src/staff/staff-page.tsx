import { useState } from 'preact/hooks'
import type { StaffMember } from '../../../src/http/contract/staff.ts'
import { Button } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { Broken } from '../parts/notice.tsx'
import { RowSkeletons } from '../parts/skeleton.tsx'
import { me } from '../session/shop.ts'
import { PageHead } from '../shell/page-head.tsx'
import { relativeTime } from '../time/relative-time.ts'
import { everyMinute } from '../time/shop-clock.ts'
import { GroupsSection } from './groups-section.tsx'
import { Initials } from './initials.tsx'
import { InvitationLines } from './invitation-lines.tsx'
import { InviteSheet } from './invite-sheet.tsx'
import { MemberSheet } from './member-sheet.tsx'
import { ROLES } from './roles.ts'
import { type LoadedStaff, useStaff } from './use-staff.ts'
import '../more/more-page.css'
import './staff.css'

/** Who works here, and which groups are told of orders. */
export function StaffPage() {
  const staff = useStaff()
  const [sheet, setSheet] = useState<'invite' | StaffMember>()
  const isOwner = me().role === 'owner'
  return (
    <div class="page more-page staff-page">
      <PageHead title="Staff" parent="/app/more" />
      {staff.list ? (
        <Sections staff={staff} onOpen={isOwner ? setSheet : undefined} />
      ) : staff.problem ? (
        <Broken message={staff.problem} onRetry={staff.load} />
      ) : (
        <RowSkeletons count={4} />
      )}
      {isOwner && staff.list && (
        <div class="action-bar staff-bar">
          <Button kind="main" icon="plus" onPress={() => setSheet('invite')}>
            Invite somebody
          </Button>
        </div>
      )}
      {sheet === 'invite' && <InviteSheet onMade={staff.load} onClose={() => setSheet(undefined)} />}
      {typeof sheet === 'object' && (
        <MemberSheet member={sheet} onChanged={staff.show} onClose={() => setSheet(undefined)} />
      )}
    </div>
  )
}

interface SectionsProps {
  staff: LoadedStaff
  onOpen: ((member: StaffMember) => void) | undefined
}

function Sections({ staff: { list, show }, onOpen }: SectionsProps) {
  if (!list) return null
  return (
    <>
      <section class="section">
        <h2>People</h2>
        <div class="card">
          {list.staff.map((member) => (
            <MemberLine key={member.id} member={member} onOpen={onOpen} />
          ))}
        </div>
      </section>
      <InvitationLines invitations={list.invitations} onChanged={show} />
      <GroupsSection groups={list.groups} onChanged={show} />
    </>
  )
}

function MemberLine({ member, onOpen }: { member: StaffMember; onOpen: SectionsProps['onOpen'] }) {
  const words = (
    <>
      <Initials name={member.name} />
      <span class="line-words">
        <span class="strong wrap">{member.you ? `${member.name} (you)` : member.name}</span>
        <span class="small hint wrap">
          {ROLES[member.role].word} · {seenWords(member)}
        </span>
      </span>
    </>
  )
  if (!onOpen) return <div class="line">{words}</div>
  return (
    <button type="button" class="line staff-line" data-member={member.id} onClick={() => onOpen(member)}>
      {words}
      <Icon name="next" />
    </button>
  )
}

function seenWords({ reach, seenAt }: StaffMember): string {
  if (reach === 'blocked') return 'blocked the bot'
  if (reach === 'gone') return 'cannot be reached in Telegram'
  if (seenAt === null) return 'not seen yet'
  const ago = relativeTime(seenAt, everyMinute(), me().shop.timezone)
  return ago === 'now' ? 'here just now' : `last seen ${/^\d+ (min|h|d)$/.test(ago) ? `${ago} ago` : ago}`
}
