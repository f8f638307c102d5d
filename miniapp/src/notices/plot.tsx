import type { ComponentChildren } from 'preact'
import { labelled, type Tick } from './plot-scale.ts'
import './plot.css'

interface PlotProps {
  title: string
  /** In a sentence, what the drawing shows. */
  summary: string
  legend: { is: string; word: string }[]
  ticks: (Tick & { word: string })[]
  /** The name of each slot, oldest first. */
  slots: string[]
  /** What the drawing shows, for those who cannot see it: a row for each slot that is not empty. */
  table: { head: string[]; rows: string[][] }
  /** Drawn on a field one wide for each slot, and one high, with 0 at the top. */
  children: ComponentChildren
}

/** A drawing with its scales and legend. The words beside it are never stretched, and there is a table for screen readers. */
export function Plot({ title, summary, legend, ticks, slots, table, children }: PlotProps) {
  return (
    <figure class="card card-pad plot">
      <figcaption class="plot-caption">
        <p class="strong">{title}</p>
        <p class="small hint">{summary}</p>
      </figcaption>
      <div class="plot-field" aria-hidden="true">
        <div class="plot-ticks small hint">
          {ticks.map((tick) => (
            <span key={tick.at} class="plot-tick" style={{ bottom: `${tick.y * 100}%` }}>
              {tick.word}
            </span>
          ))}
        </div>
        <svg
          class="plot-drawing"
          viewBox={`0 0 ${slots.length} 1`}
          preserveAspectRatio="none"
          role="presentation"
        >
          {ticks.map((tick) => (
            <line key={tick.at} class="plot-grid" x1={0} x2={slots.length} y1={1 - tick.y} y2={1 - tick.y} />
          ))}
          {children}
        </svg>
        <div class="plot-slots small hint">
          {labelled(slots.length).map((i) => (
            <span key={i}>{slots[i]}</span>
          ))}
        </div>
      </div>
      <ul class="plot-legend small">
        {legend.map(({ is, word }) => (
          <li key={is} class={`plot-key plot-${is}`}>
            {word}
          </li>
        ))}
      </ul>
      <PlotTable title={title} {...table} />
    </figure>
  )
}

function PlotTable({ title, head, rows }: { title: string; head: string[]; rows: string[][] }) {
  return (
    <div class="unseen">
      <table>
        <caption>{title}</caption>
        <thead>
          <tr>
            {head.map((word) => (
              <th key={word} scope="col">
                {word}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row[0]}>
              {row.map((cell, i) => (
                <td key={i}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
