const KNOWN: [RegExp, string][] = [
  [/bot was blocked/i, 'blocked the bot'],
  [/user is deactivated/i, 'the account is gone'],
  [/can't initiate conversation/i, 'never started the bot'],
  [/chat not found/i, 'there is no chat with them'],
  [/bot was kicked|not a member/i, 'the bot was removed from the group'],
  [/thread not found|topic_deleted/i, 'the topic is gone'],
  [/topic_closed/i, 'the topic is closed'],
  [/not enough rights|chat_write_forbidden/i, 'the bot may not write there'],
  [/too many requests/i, 'asks for a pause'],
  [/did not answer|no answer|ETIMEDOUT|UND_ERR/i, 'did not answer'],
  [/connection|ECONN|not found under its name/i, 'could not be connected to'],
  [/^401\b|vapid|jwt|sign in/i, 'does not accept the shop’s settings'],
  [/^(404|410)\b|ended this subscription/i, 'the browser has ended its alerts'],
  [/^5\d\d (internal|bad gateway|service|gateway|server)|^50\d\b/i, 'reports a fault of its own'],
  [/no such (user|mailbox)|^550[ -]5\.1\.|not an address/i, 'there is no such address'],
  [/mailbox full|^[45]52\b/i, 'the mailbox is full'],
]

/** What a channel answered, in plain words; undefined where there are none. */
export function plainAnswer(answer: string): string | undefined {
  return KNOWN.find(([known]) => known.test(answer))?.[1]
}
