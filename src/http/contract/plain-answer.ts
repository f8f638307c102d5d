// The panel says it in the same words as the messages to staff.
export { plainAnswer } from '../../lib/plain-answer.ts'
