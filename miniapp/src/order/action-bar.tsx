import { useState } from 'preact/hooks'
import type { OrderDetail } from '../../../src/http/contract/order.ts'
import { formatMoney } from '../money/money.ts'
import { Button, IconButton } from '../parts/button.tsx'
import { Icon, type IconName } from '../parts/icon.tsx'
import { Sheet } from '../parts/sheet.tsx'
import { say } from '../parts/snack.ts'
import { CancelSheet } from './cancel-sheet.tsx'
import { DispatchSheet } from './dispatch-sheet.tsx'
import { resting, type Step, stepping, takeStep } from './take-step.ts'
import './action-bar.css'

type AllowedStep = OrderDetail['steps'][number]

const ICONS: Record<Step, IconName> = {
  accept: 'check',
  pack: 'box',
  dispatch: 'truck',
  deliver: 'home',
  mark_paid: 'card',
  cancel: 'cancelled',
}

/** The next step as one big button; the others one tap further away. The shop says which there are. */
export function ActionBar({ order }: { order: OrderDetail }) {
  const [sheet, setSheet] = useState<AllowedStep['needs'] | 'others'>(null)
  const [main, ...others] = order.steps

  async function press({ step, needs }: AllowedStep): Promise<void> {
    setSheet(needs)
    if (needs) return
    const refused = await takeStep(order, { step })
    if (refused) say(refused.message)
  }

  // The sheets outlive the steps: what was typed stays in sight when somebody else was quicker.
  return (
    <>
      {main && (
        <div class="action-bar">
          <ToCollect order={order} next={main.step} />
          <StepButton step={main} main onPress={press} />
          {others.length > 0 && (
            <IconButton icon="more" label="Other steps" onPress={() => setSheet('others')} />
          )}
        </div>
      )}
      {sheet === 'others' && (
        <Sheet title={`Order #${order.number}`} onClose={() => setSheet(null)}>
          <div class="other-steps">
            {others.map((step) => (
              <StepButton key={step.step} step={step} onPress={press} />
            ))}
          </div>
        </Sheet>
      )}
      {sheet === 'tracking' && <DispatchSheet order={order} onClose={() => setSheet(null)} />}
      {sheet === 'reason' && <CancelSheet order={order} onClose={() => setSheet(null)} />}
    </>
  )
}

/** Whoever hands the goods over must know that they are not paid. */
function ToCollect({ order, next }: { order: OrderDetail; next: Step }) {
  const { payment, money, currency } = order
  if (payment !== 'due_on_delivery' || (next !== 'deliver' && next !== 'mark_paid')) return null
  return (
    <p class="to-collect small">
      <Icon name="coins" size={16} />
      {formatMoney(money.dueMinor, currency)} to collect
    </p>
  )
}

interface StepButtonProps {
  step: AllowedStep
  main?: boolean
  onPress: (step: AllowedStep) => Promise<void>
}

function StepButton({ step, main = false, onPress }: StepButtonProps) {
  const kind = step.step === 'cancel' ? 'danger' : main ? 'main' : 'plain'
  return (
    <Button
      kind={kind}
      icon={ICONS[step.step]}
      busy={stepping.value === step.step || resting.value}
      onPress={() => void onPress(step)}
    >
      {step.label}
    </Button>
  )
}
