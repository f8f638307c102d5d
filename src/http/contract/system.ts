import { z } from '@hono/zod-openapi'
import { backupFailure } from './backups.ts'

const moment = z.int().nullable()

export const targetName = z.enum([
  'order_processing_seconds',
  'notice_coverage_ratio',
  'admin_response_seconds',
  'bot_answer_seconds',
  'api_answer_seconds',
  'push_delivery_seconds',
])
export type TargetName = z.infer<typeof targetName>

/** One promise: of durations, what 95 of 100 stay within, in seconds; of notice coverage, the share that is covered. */
export const shopTarget = z
  .object({
    name: targetName,
    /** Null when there is nothing to measure it by. */
    value: z.number().nullable(),
    limit: z.number(),
    isMet: z.boolean().nullable(),
    /** How many it is computed from. */
    count: z.int(),
    /** Seven days, one, or since the process began. */
    span: z.enum(['week', 'day', 'start']),
  })
  .openapi('ShopTarget')
export type ShopTarget = z.infer<typeof shopTarget>

export const jobStanding = z
  .object({
    name: z.string(),
    /** What it does, in words. */
    does: z.string(),
    lastStartedAt: moment,
    tookMs: z.int().nullable(),
    succeededAt: moment,
    runs: z.int(),
    failures: z.int(),
    /** When the first of the newest runs began if they all failed, and how many those are. */
    failingSince: moment,
    failingRuns: z.int(),
    lastError: z.string().nullable(),
    runningSince: moment,
    /** It is under way for longer than it may take. */
    isStuck: z.boolean(),
    nextAt: z.int(),
  })
  .openapi('JobStanding')
export type JobStanding = z.infer<typeof jobStanding>

/** A run that did something, failed, was asked for by somebody, or was the one of its day. */
export const jobRun = z
  .object({
    id: z.int(),
    at: z.int(),
    tookMs: z.int(),
    done: z.int(),
    error: z.string().nullable(),
    /** The day it was for, of jobs that are done once a day. */
    period: z.string().nullable(),
    askedBy: z.string().nullable(),
  })
  .openapi('JobRun')
export type JobRun = z.infer<typeof jobRun>

export const jobParams = z.object({ name: z.string().min(1).max(60) })
export const jobRuns = z.object({ runs: z.array(jobRun) }).openapi('JobRuns')
export type JobRuns = z.infer<typeof jobRuns>

export const systemReport = z
  .object({
    now: z.int(),
    startedAt: z.int(),
    version: z.string(),
    commit: z.string().nullable(),
    targets: z.array(shopTarget),
    jobs: z.array(jobStanding),
    backupFailure: backupFailure.nullable(),
    database: z.object({ bytes: z.int(), walBytes: z.int(), orders: z.int(), schema: z.int() }),
    disk: z.object({ freeBytes: z.int(), totalBytes: z.int() }),
    residentBytes: z.int(),
    telegram: z.object({ updates: z.enum(['polling', 'webhook']), lastUpdateAt: moment }),
    /** The channels beside Telegram that are set up. */
    channels: z.object({ push: z.boolean(), mail: z.boolean() }),
  })
  .openapi('SystemReport')
export type SystemReport = z.infer<typeof systemReport>
