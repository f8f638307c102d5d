/** What the bot waits for in words. It is stored as JSON while it waits, so that a restart forgets nothing. */
export type Question =
  | { kind: 'address' }
  | { kind: 'phone' }
  | { kind: 'note' }
  | { kind: 'review'; orderId: number }
  | { kind: 'tracking'; orderId: number; version: number }
  | { kind: 'reason'; orderId: number; version: number }
