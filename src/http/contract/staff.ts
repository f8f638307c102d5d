import { z } from '@hono/zod-openapi'

export const role = z.enum(['owner', 'manager', 'packer'])

export const staffMember = z
  .object({
    id: z.int(),
    name: z.string(),
    username: z.string().nullable(),
    role,
    /** When they last wrote to the bot or used the panel, ms since 1970; null before that. */
    seenAt: z.int().nullable(),
    /** Whether this is who asks. */
    you: z.boolean(),
    /** Whether the bot can write to them. */
    reach: z.enum(['unknown', 'ok', 'blocked', 'gone']),
  })
  .openapi('StaffMember')
export type StaffMember = z.infer<typeof staffMember>

export const staffGroup = z
  .object({
    id: z.int(),
    title: z.string(),
    /** One topic of the group rather than all of it. */
    topic: z.boolean(),
    addedBy: z.string(),
    addedAt: z.int(),
  })
  .openapi('StaffGroup')
export type StaffGroup = z.infer<typeof staffGroup>

/** A link that has not been opened yet; the link itself is shown once, to who made it. */
export const invitation = z
  .object({ id: z.string(), role, invitedBy: z.string(), expiresAt: z.int() })
  .openapi('Invitation')

export const staffList = z
  .object({
    staff: z.array(staffMember),
    groups: z.array(staffGroup),
    /** For owners; empty for others. */
    invitations: z.array(invitation),
  })
  .openapi('StaffList')
export type StaffList = z.infer<typeof staffList>

export const roleBody = z.object({ role }).strict().openapi('Role')

export const newInvitation = z.object({ link: z.string(), role, expiresAt: z.int() }).openapi('NewInvitation')
export type NewInvitation = z.infer<typeof newInvitation>

export const assigneeBody = z
  .object({ personId: z.int().min(1).nullable().openapi({ description: 'null gives it to nobody' }) })
  .strict()
  .openapi('Assignee')

export const snoozeBody = z
  .object({ minutes: z.int().min(1, 'Choose between a minute and a day.').max(1440) })
  .strict()
  .openapi('Snooze')

export const clearReviewBody = z
  .object({ words: z.string().trim().max(300, 'Please use at most 300 characters.').optional() })
  .strict()
  .openapi('ReviewCleared')

export const messageBody = z
  .object({
    words: z
      .string()
      .trim()
      .min(1, 'Please write a few words.')
      .max(1000, 'Please use at most 1000 characters.'),
  })
  .strict()
  .openapi('Message')
