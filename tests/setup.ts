import { afterEach, beforeEach, expect, vi } from 'vitest'

// A test that makes the shop complain on the console is a failing test, whatever it asserts.
beforeEach(() => {
  vi.spyOn(console, 'error')
  vi.spyOn(console, 'warn')
})

afterEach(() => {
  expect(console.error).not.toHaveBeenCalled()
  expect(console.warn).not.toHaveBeenCalled()
  vi.restoreAllMocks()
})
