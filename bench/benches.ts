import { benchBackupStall } from './backup-stall.ts'
import { benchBriefAnswers } from './brief-answers.ts'
import { benchChat } from './chat.ts'
import { benchColdStart } from './cold-start.ts'
import { benchCommitTail } from './commit-tail.ts'
import { benchDispatch } from './dispatch.ts'
import { benchEventToWire } from './event-to-wire.ts'
import { benchFirstMessage } from './first-message.ts'
import { benchHttpRead } from './http-read.ts'
import { benchHttpStep } from './http-step.ts'
import { benchKeptRows } from './kept-rows.ts'
import { benchLargeList } from './large-list.ts'
import { benchLive } from './live.ts'
import { benchLoopStall } from './loop-stall.ts'
import type { Result, Size } from './measure.ts'
import { benchMemory } from './memory.ts'
import { benchOrderStep } from './order-step.ts'
import { benchPreCheckout } from './pre-checkout.ts'
import { benchPush } from './push.ts'
import { benchReads } from './reads.ts'

/** All benches by the name `--only` takes. Those that make large files come last: the disk is busy with them for a while. */
export const BENCHES: Record<string, (size: Size) => Promise<Result[]>> = {
  'order-step': benchOrderStep,
  'commit-tail': benchCommitTail,
  'http-step': benchHttpStep,
  'http-read': benchHttpRead,
  reads: benchReads,
  'kept-rows': benchKeptRows,
  'brief-answers': benchBriefAnswers,
  dispatch: benchDispatch,
  live: benchLive,
  chat: benchChat,
  'first-message': benchFirstMessage,
  'event-to-wire': benchEventToWire,
  'cold-start': benchColdStart,
  push: benchPush,
  'pre-checkout': benchPreCheckout,
  'loop-stall': benchLoopStall,
  'large-list': benchLargeList,
  'backup-stall': benchBackupStall,
  memory: benchMemory,
}
