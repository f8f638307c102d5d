import { useEffect, useRef } from 'preact/hooks'

/** Brings what is wrong with a form into sight: on a phone it may be screens away from the button. */
export function useShownFault(faults: object) {
  const form = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const fault = form.current?.querySelector('.field-error')
    const input = fault?.closest('.field')?.querySelector<HTMLElement>('.input')
    if (input) input.focus()
    else fault?.scrollIntoView({ block: 'center' })
  }, [faults])
  return form
}
