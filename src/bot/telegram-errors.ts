import { GrammyError, HttpError } from 'grammy'

/** Telegram could not be reached, or asks for patience: the same call may work later. */
export function isWorthRetrying(error: unknown): boolean {
  if (error instanceof HttpError) return true
  return error instanceof GrammyError && (error.error_code === 429 || error.error_code >= 500)
}

/** How long Telegram wants to be left alone, in ms; undefined when it did not ask for it. */
export function askedPatience(error: unknown): number | undefined {
  const seconds = error instanceof GrammyError ? error.parameters.retry_after : undefined
  return seconds === undefined ? undefined : seconds * 1000
}

/** The person blocked the bot, or is gone from Telegram. */
export function isUnreachable(error: unknown): boolean {
  return error instanceof GrammyError && error.error_code === 403
}

/** The message already looks like that. */
export function isNotModified(error: unknown): boolean {
  return isRefusal(error, /message is not modified/)
}

/** The message cannot be edited into the new one, but a new one can be sent. */
export function isBeyondEditing(error: unknown): boolean {
  return isRefusal(
    error,
    /message to edit not found|message can't be edited|there is no (text|caption) in the/,
  )
}

/** The message is gone already, or too old for Telegram to take it away. */
export function isBeyondDeleting(error: unknown): boolean {
  return isRefusal(error, /message to delete not found|message can't be deleted/)
}

/** The picture is what Telegram does not take. */
export function isBadPicture(error: unknown): boolean {
  return isRefusal(
    error,
    /file identifier|remote file|HTTP URL|webpage|web page|IMAGE_PROCESS|PHOTO_|file is too big|must be non-empty/i,
  )
}

/** Telegram understood and said no. */
export function isRefusal(error: unknown, words = /./): error is GrammyError {
  return error instanceof GrammyError && error.error_code === 400 && words.test(error.description)
}
