import { Empty } from '../parts/notice.tsx'
import { me } from '../session/shop.ts'
import { rolesFor } from './may-open.ts'
import { PageHead } from './page-head.tsx'

/** What stands in place of a page that the signed-in person's role cannot use. */
export function NotForRole({ path }: { path: string }) {
  const roles = rolesFor(path)
    ?.map((role) => `${role}s`)
    .join(' and ')
  return (
    <div class="page">
      <PageHead title="More" parent="/app/more" />
      <Empty icon="blocked" title={`This page is for ${roles}`}>
        You are here as a {me().role}. <a href="/app/more">Go to what you can use</a>
      </Empty>
    </div>
  )
}
