import { openAsBlob } from 'node:fs'
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { S3Client, S3Errors } from '@bradenmacdonald/s3-lite-client'
import { ShopError } from '../lib/shop-error.ts'
import type { Store } from './store.ts'

/** Large files travel in parts of this size, of which up to five are held in memory. */
const PART_BYTES = 8 * 1024 * 1024

export interface BucketSettings {
  endpoint: string
  region: string
  bucket: string
  /** Put before every key; ends with a slash, or is empty. */
  prefix: string
  accessKeyId: string
  secretAccessKey: string
}

export interface BucketStore extends Store {
  /** Uploads the file at `path`; it is there whole or not at all. */
  put(key: string, path: string): Promise<void>
}

/** Backups in a bucket of any S3-compatible store, addressed as endpoint/bucket/key. */
export function openBucketStore(settings: BucketSettings): BucketStore {
  const { endpoint, region, bucket, prefix } = settings
  const client = new S3Client({
    endPoint: endpoint,
    region,
    bucket,
    accessKey: settings.accessKeyId,
    secretKey: settings.secretAccessKey,
    pathStyle: true,
  })
  const said = (error: unknown) => inWords(error, settings)

  async function list(under: string) {
    const found = await Array.fromAsync(client.listObjects({ prefix: prefix + under })).catch(said)
    return found.map(({ key, size }) => ({ key: key.slice(prefix.length), size }))
  }

  async function read(key: string) {
    const response = await client.getObject(prefix + key).catch(said)
    return Readable.fromWeb(response.body as ReadableStream<Uint8Array>)
  }

  async function put(key: string, path: string): Promise<void> {
    const file = await openAsBlob(path)
    await client.putObject(prefix + key, file.stream(), { size: file.size, partSize: PART_BYTES }).catch(said)
  }

  return { list, read, put, remove: (key) => client.deleteObject(prefix + key).catch(said) }
}

/** What went wrong, for the owner; never with the keys in it. */
function inWords(error: unknown, { endpoint, bucket }: BucketSettings): never {
  const where = `the bucket ${bucket} at ${new URL(endpoint).host}`
  if (error instanceof S3Errors.ServerError) {
    if (error.code === 'NoSuchKey') throw new ShopError('not_found', `There is no such backup in ${where}.`)
    throw new ShopError('busy', `${where} answered ${error.statusCode} ${error.code}`)
  }
  const { cause } = error as Error
  const reason = cause instanceof Error ? cause.message : (error as Error).message
  throw new ShopError('busy', `${where} could not be reached: ${reason}`)
}
