import type { ComponentChildren } from 'preact'
import type { SystemReport } from '../../../src/http/contract/system.ts'
import { bytes } from '../parts/bytes.ts'
import { When } from '../parts/when.tsx'
import { everyMinute } from '../time/shop-clock.ts'

/** The file, the machine, and what is set up. */
export function MachineCard({ report }: { report: SystemReport }) {
  const { database, disk, telegram, channels, version, commit, startedAt } = report
  const setUp = [
    ['Telegram', true],
    ['web push', channels.push],
    ['e-mail', channels.mail],
  ] as const
  return (
    <section class="section">
      <h2>The machine</h2>
      <dl class="card card-pad system-facts">
        <Fact name="Database">
          {bytes(database.bytes)}
          <span class="small hint"> + {bytes(database.walBytes)} log</span>
        </Fact>
        <Fact name="Orders">{database.orders.toLocaleString('en')}</Fact>
        <Fact name="Schema">{database.schema}</Fact>
        <Fact name="Free on disk">
          {bytes(disk.freeBytes)}
          <span class="small hint"> of {bytes(disk.totalBytes)}</span>
        </Fact>
        <Fact name="Memory in use">{bytes(report.residentBytes)}</Fact>
        <Fact name="Running for">{lasting(everyMinute() - startedAt)}</Fact>
        <Fact name="Version">
          {version}
          {commit && <span class="small hint"> ({commit.slice(0, 7)})</span>}
        </Fact>
        <Fact name="Updates from Telegram">{telegram.updates === 'polling' ? 'Fetched' : 'By webhook'}</Fact>
        <Fact name="Last update">
          {telegram.lastUpdateAt === null ? (
            'None in two days'
          ) : (
            <When at={telegram.lastUpdateAt} inSentence />
          )}
        </Fact>
        {setUp.map(([name, isOn]) => (
          <Fact key={name} name={`By ${name}`}>
            <span class={isOn ? undefined : 'hint'}>{isOn ? 'Set up' : 'Not set up'}</span>
          </Fact>
        ))}
      </dl>
    </section>
  )
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div class="pair">
      <dt class="hint">{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

/** How long the shop has been up: "Less than a minute", "12 min", "5 h", "3 days". */
function lasting(ms: number): string {
  const minutes = Math.floor(ms / 60_000)
  if (minutes < 1) return 'Less than a minute'
  if (minutes < 120) return `${minutes} min`
  return minutes < 2_880 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 1_440)} days`
}
