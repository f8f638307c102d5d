import type { Params } from '../params.ts'
import type { Sandbox } from '../sandbox.ts'

/** One Bot API method: its `result`, or a thrown Refusal. */
export type Method = (sandbox: Sandbox, params: Params) => unknown
export type Methods = Record<string, Method>
