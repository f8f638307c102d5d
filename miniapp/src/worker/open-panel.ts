declare const self: ServiceWorkerGlobalScope

/** Goes to a path of the panel: in a window that is open already, else in a new one. */
export async function openPanel(path: string): Promise<void> {
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
  const open = windows.find((window) => /^\/app(\/|$)/.test(new URL(window.url).pathname))
  if (!open) {
    await self.clients.openWindow(path)
    return
  }
  open.postMessage({ navigate: path })
  // Focusing is refused where no tap stands behind it; the window has its message all the same.
  await open.focus().catch(() => {})
}
