import { S3Client } from '@bradenmacdonald/s3-lite-client'
import { expect, it, onTestFinished } from 'vitest'
import { startS3 } from './server.ts'

async function givenS3() {
  const s3 = await startS3()
  onTestFinished(() => s3.stop())
  const { endpoint: endPoint, bucket, keys } = s3
  const { accessKeyId: accessKey, secretAccessKey: secretKey, region } = keys
  const right = { endPoint, bucket, accessKey, secretKey, region, pathStyle: true }
  return { s3, client: (wrong = {}) => new S3Client({ ...right, ...wrong }) }
}

it('takes what is rightly signed, whatever the key, and lists it in pages', async () => {
  const { client } = await givenS3()
  const keys = ['a b/ä+(1).jpg', 'a b/2', 'c']
  for (const key of keys) await client().putObject(key, `in ${key}`)
  const listed = await Array.fromAsync(client().listObjects({ prefix: 'a b/', pageSize: 1 }))
  expect(listed.map(({ key, size }) => [key, size])).toEqual([
    ['a b/2', 8],
    ['a b/ä+(1).jpg', 17],
  ])
  expect(await (await client().getObject('a b/ä+(1).jpg')).text()).toBe('in a b/ä+(1).jpg')
  await client().deleteObject('c')
  await expect(client().getObject('c')).rejects.toMatchObject({ statusCode: 404, code: 'NoSuchKey' })
})

it('refuses what is not', async () => {
  const { s3, client } = await givenS3()
  const refused = (wrong: object) => client(wrong).putObject('a', 'b')
  await expect(refused({ secretKey: 'x' })).rejects.toMatchObject({ code: 'SignatureDoesNotMatch' })
  await expect(refused({ accessKey: 'x' })).rejects.toMatchObject({ code: 'InvalidAccessKeyId' })
  await expect(refused({ region: 'x' })).rejects.toMatchObject({ code: 'AuthorizationHeaderMalformed' })
  await expect(refused({ bucket: 'other' })).rejects.toMatchObject({ code: 'NoSuchBucket' })
  expect((await fetch(`${s3.endpoint}/${s3.bucket}/a`, { method: 'PUT', body: 'b' })).status).toBe(403)
  expect(s3.objects.size).toBe(0)
})
