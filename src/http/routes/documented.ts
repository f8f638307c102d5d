import type { z } from '@hono/zod-openapi'
import { problem } from '../contract/problem.ts'

/** A JSON request body, for a route's description. */
export function jsonBody<T extends z.ZodType>(schema: T) {
  return { required: true, content: { 'application/json': { schema } } }
}

/** A JSON answer, for a route's description. */
export function jsonContent<T extends z.ZodType>(schema: T, description: string) {
  return { description, content: { 'application/json': { schema } } }
}

const MEANING: Record<number, string> = {
  400: 'Something in the request is wrong; the message says what',
  401: 'Not signed in',
  403: 'Not allowed for this person',
  404: 'There is no such thing',
  409: 'It has changed meanwhile; load it again',
  503: 'The shop is busy; try again',
}

/** The refusals a route may answer with. */
export function problems(...statuses: (keyof typeof MEANING)[]) {
  return Object.fromEntries(statuses.map((status) => [status, jsonContent(problem, MEANING[status] ?? '')]))
}
