import { createDecipheriv, hkdfSync } from 'node:crypto'
import type { BrowserKeys } from './subscription.ts'

const TAG_BYTES = 16
const LAST_RECORD = 2

/**
 * Decrypts a push as a browser does: RFC 8291 on RFC 8188, written from their text so that it checks the shop's library.
 * Throws when anything does not fit.
 */
export function decryptPush(body: Buffer, { curve, auth }: BrowserKeys): Buffer {
  const { salt, recordSize, sender, sealed } = readHeader(body)
  if (sealed.length > recordSize) throw new Error('A push must be one record.')
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), curve.getPublicKey(), sender])
  const material = derive(curve.computeSecret(sender), auth, info, 32)
  const key = derive(material, salt, 'Content-Encoding: aes128gcm\0', 16)
  const nonce = derive(material, salt, 'Content-Encoding: nonce\0', 12)
  const cipher = createDecipheriv('aes-128-gcm', key, nonce)
  cipher.setAuthTag(sealed.subarray(-TAG_BYTES))
  return unpad(Buffer.concat([cipher.update(sealed.subarray(0, -TAG_BYTES)), cipher.final()]))
}

/** salt (16) | record size (4) | length of the key id (1) | key id: the sender's public key | the record */
function readHeader(body: Buffer) {
  if (body.length < 21) throw new Error('The push has no header.')
  const keyEnd = 21 + body.readUInt8(20)
  const sender = body.subarray(21, keyEnd)
  const sealed = body.subarray(keyEnd)
  if (sender.length !== 65) throw new Error('The header must hold the sender’s public key.')
  if (sealed.length <= TAG_BYTES) throw new Error('The push holds no record.')
  return { salt: body.subarray(0, 16), recordSize: body.readUInt32BE(16), sender, sealed }
}

function derive(secret: Buffer, salt: Buffer, info: string | Buffer, bytes: number): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, salt, info, bytes))
}

/** A delimiter follows the text, zeros may follow the delimiter. */
function unpad(padded: Buffer): Buffer {
  const end = padded.findLastIndex((byte) => byte !== 0)
  if (padded[end] !== LAST_RECORD) throw new Error('The padding is not that of a last record.')
  return padded.subarray(0, end)
}
