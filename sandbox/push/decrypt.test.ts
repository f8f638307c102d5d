import { createECDH } from 'node:crypto'
import { expect, it } from 'vitest'
import { decryptPush } from './decrypt.ts'

const bytes = (text: string) => Buffer.from(text, 'base64url')

// RFC 8291, section 5 and appendix A.
const BODY = bytes(
  'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
)
const AUTH = bytes('BTBZMqHH6r4Tts7J_aSIgg')

function givenBrowser() {
  const curve = createECDH('prime256v1')
  curve.setPrivateKey(bytes('q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94'))
  return { curve, auth: AUTH }
}

it('decrypts the example of RFC 8291', () => {
  expect(decryptPush(BODY, givenBrowser()).toString()).toBe('When I grow up, I want to be a watermelon')
})

it('refuses what was changed on the way or is meant for another browser', () => {
  for (const at of [3, 20, 40, BODY.length - 1]) {
    const changed = Buffer.from(BODY)
    changed.writeUInt8(changed.readUInt8(at) ^ 1, at)
    expect(() => decryptPush(changed, givenBrowser())).toThrow()
  }
  expect(() => decryptPush(BODY, { ...givenBrowser(), auth: Buffer.alloc(16) })).toThrow()
  expect(() => decryptPush(BODY.subarray(0, 60), givenBrowser())).toThrow()
})
