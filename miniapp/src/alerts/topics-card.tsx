import { Fragment } from 'preact'
import { useState } from 'preact/hooks'
import type { AlertsBody, AlertTopic } from '../../../src/http/contract/alerts.ts'
import { Button } from '../parts/button.tsx'
import { ReminderRow } from './reminder-row.tsx'
import { save } from './save.ts'
import { assignedNote, type ChosenChannel, chosen, defaultNote, isOn, ownChoices } from './topic-choice.ts'
import './topics-card.css'

const COLUMNS: [ChosenChannel, string][] = [
  ['push', 'Push'],
  ['telegram', 'Bot'],
]

/** What to be told of, and where. */
export function TopicsCard({ topics, push }: { topics: AlertTopic[]; push: boolean }) {
  const columns = push ? COLUMNS : COLUMNS.filter(([channel]) => channel !== 'push')
  return (
    <section class="section">
      <h2>What you are told of</h2>
      <table class="card topics">
        <thead class="small hint">
          <tr>
            <th scope="col">
              <span class="unseen">Alert</span>
            </th>
            {columns.map(([channel, word]) => (
              <th key={channel} scope="col">
                {word}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {topics.map((topic) => (
            <Fragment key={topic.topic}>
              <TopicRow topic={topic} columns={columns} />
              {topic.topic === 'new_order' && <ReminderRow span={columns.length} />}
            </Fragment>
          ))}
        </tbody>
      </table>
      <p class="small hint topics-foot">
        As your role has it by default; where it says “changed”, you chose otherwise.
      </p>
      <BackToDefaults topics={topics} />
    </section>
  )
}

function TopicRow({ topic, columns }: { topic: AlertTopic; columns: [ChosenChannel, string][] }) {
  const notes = [assignedNote(topic), defaultNote(topic)].filter((note) => note !== undefined)
  return (
    <tr data-topic={topic.topic}>
      <th scope="row">
        <span>{topic.label}</span>
        <span class="small hint">{topic.about}</span>
        {notes.map((note) => (
          <span key={note} class="small topic-note">
            {note}
          </span>
        ))}
      </th>
      {columns.map(([channel, word]) => (
        <td key={channel}>
          <TopicSwitch topic={topic} channel={channel} word={word} />
        </td>
      ))}
    </tr>
  )
}

function TopicSwitch({ topic, channel, word }: { topic: AlertTopic; channel: ChosenChannel; word: string }) {
  const on = isOn(topic, channel)
  const isDefault = topic[channel].wanted === null
  return (
    <label class="topic-switch">
      <input
        class="switch"
        type="checkbox"
        role="switch"
        aria-checked={on}
        aria-label={`${topic.label}: ${word}`}
        checked={on}
        onChange={(event) => save({ choices: [chosen(topic, channel, event.currentTarget.checked)] })}
      />
      {!isDefault && <span class="small topic-note">changed</span>}
    </label>
  )
}

/** Shown while there is something to go back from; what was chosen can be brought back until the page is left. */
function BackToDefaults({ topics }: { topics: AlertTopic[] }) {
  const [before, setBefore] = useState<AlertsBody['choices']>()
  const own = ownChoices(topics)
  if (own.length > 0) {
    return (
      <Button
        icon="undo"
        onPress={() => {
          setBefore(own)
          save({ choices: own.map((choice) => ({ ...choice, wanted: null })) })
        }}
      >
        Back to defaults
      </Button>
    )
  }
  if (!before) return null
  return <Button onPress={() => save({ choices: before })}>Bring my choices back</Button>
}
