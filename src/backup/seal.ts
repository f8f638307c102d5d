import { createHmac } from 'node:crypto'
import { Decrypter, Encrypter, identityToRecipient } from 'age-encryption'
import { ShopError } from '../lib/shop-error.ts'

type Bytes = AsyncIterable<Uint8Array>

/** Encrypts what passes through, as the program age does, so that only the key opens it and no change goes unnoticed. */
export function seal(key: string) {
  return async function* (plain: Bytes): AsyncGenerator<Uint8Array> {
    const encrypter = new Encrypter()
    encrypter.addRecipient(await identityToRecipient(key))
    yield* await encrypter.encrypt(ReadableStream.from(plain) as ReadableStream<Uint8Array>)
  }
}

/** Decrypts what passes through. Throws a ShopError when there is no key, or another one is needed. */
export function unseal(key: string | undefined) {
  return async function* (sealed: Bytes): AsyncGenerator<Uint8Array> {
    if (!key) {
      throw new ShopError('invalid', 'This backup is encrypted. Set BACKUP_KEY to the key it was made with.')
    }
    const decrypter = new Decrypter()
    decrypter.addIdentity(key)
    yield* await decrypter.decrypt(ReadableStream.from(sealed) as ReadableStream<Uint8Array>).catch(refuse)
  }
}

function refuse(error: Error): never {
  if (!error.message.startsWith('no identity matched')) throw error
  throw new ShopError('invalid', 'This backup was made with another key than BACKUP_KEY.')
}

/** A name for a content that nobody without the key can tell from another. */
export function hideName(key: string, sha256: string): string {
  return createHmac('sha256', key).update(sha256).digest('hex')
}
