/** What one look has shown: well, only to be known, to be watched, or broken; and what to do about it. */
export interface Finding {
  mark: '✓' | '–' | '⚠' | '✗'
  found: string
  todo?: string
}

export function well(found: string): Finding {
  return { mark: '✓', found }
}

export function note(found: string, todo?: string): Finding {
  return { mark: '–', found, ...(todo && { todo }) }
}

export function watch(found: string, todo: string): Finding {
  return { mark: '⚠', found, todo }
}

export function broken(found: string, todo: string): Finding {
  return { mark: '✗', found, todo }
}
