import { createHmac, hash, randomBytes } from 'node:crypto'

/** A secret nobody can guess: 32 random bytes as base64url (43 characters). */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

/** A short unguessable key (16 characters) for things that must be told apart, not kept secret. */
export function newKey(): string {
  return randomBytes(12).toString('base64url')
}

/** What is stored of a token, so that a stolen database opens no door. */
export function hashToken(token: string): string {
  return hash('sha256', token, 'base64url')
}

/** A key for one purpose made from a secret the shop has, so that nobody has to invent another (base64url). */
export function deriveKey(secret: string, purpose: string): string {
  return createHmac('sha256', secret).update(purpose).digest('base64url')
}
