import { me } from '../session/shop.ts'

/** The loudest alert has no switch of its own. */
export function ReminderRow({ span }: { span: number }) {
  return (
    <tr data-topic="reminder">
      <th scope="row">
        <span>Nobody accepts an order</span>
        <span class="small hint">
          As New order, and louder each time: later reminders may come although you switched that off.
        </span>
      </th>
      <td colSpan={span} class="small">
        {me().role === 'owner' ? (
          <a class="topic-link" href="/app/more/reminders">
            Reminders
          </a>
        ) : (
          <span class="hint">as New order</span>
        )}
      </td>
    </tr>
  )
}
