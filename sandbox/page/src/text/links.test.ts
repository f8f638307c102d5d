import { expect, test, vi } from 'vitest'

vi.mock('../parts/toast.ts', () => ({ attempt: vi.fn() }))

const { deepLinkPayload, isOpenable, linkOf } = await import('./links.ts')

test('a deep link to this bot is its payload, one elsewhere is not', () => {
  expect(deepLinkPayload('https://t.me/LittleShop_bot?start=tea', 'littleshop_bot')).toBe('tea')
  expect(deepLinkPayload('tg://resolve?domain=littleshop_bot&start=tea', 'littleshop_bot')).toBe('tea')
  expect(deepLinkPayload('https://t.me/littleshop_bot', 'littleshop_bot')).toBe('')
  expect(deepLinkPayload('https://t.me/other_bot?start=tea', 'littleshop_bot')).toBeUndefined()
  expect(deepLinkPayload('https://example.com/littleshop_bot?start=tea', 'littleshop_bot')).toBeUndefined()
})

test('only what a page may open is a link', () => {
  expect(['https://a.example', 'mailto:a@b.example', 'tel:+15550100'].every(isOpenable)).toBe(true)
  expect(['javascript:alert(1)', 'data:text/html,x', 'file:///etc', 'nonsense'].some(isOpenable)).toBe(false)
  expect(linkOf({ type: 'text_link', offset: 0, length: 1, url: 'javascript:alert(1)' }, 'x')).toBeUndefined()
})

test('a bare domain, an address and a number lead somewhere', () => {
  expect(linkOf({ type: 'url', offset: 0, length: 9 }, 'shop.test')?.href).toBe('http://shop.test')
  expect(linkOf({ type: 'phone_number', offset: 0, length: 15 }, '+1 555 0100')?.href).toBe('tel:+15550100')
})
