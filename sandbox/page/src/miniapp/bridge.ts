/** A call of the Mini App, as `postMessage` brings it: JSON text with `eventType` and `eventData`. */
export interface BridgeCall {
  method: string
  params: Record<string, unknown>
}

/** An event for the Mini App. */
export type BridgeEvent = [name: string, data?: object]

/** Undefined for what is none: any page may post anything to its parent. */
export function readCall(data: unknown): BridgeCall | undefined {
  const message = typeof data === 'string' ? parsed(data) : data
  const { eventType, eventData } = (message ?? {}) as { eventType?: unknown; eventData?: unknown }
  if (typeof eventType !== 'string') return undefined
  const params = typeof eventData === 'string' ? parsed(eventData) : eventData
  return { method: eventType, params: (params ?? {}) as Record<string, unknown> }
}

export function writeEvent([eventType, eventData]: BridgeEvent): string {
  return JSON.stringify({ eventType, eventData: eventData ?? null })
}

/** What the page has to know to answer the questions of a Mini App. */
export interface Surroundings {
  theme: Record<string, string>
  width: number
  height: number
  wide: boolean
}

const noInset = { top: 0, bottom: 0, left: 0, right: 0 }

/** Answers that need nothing but a look around; undefined for calls that do something. */
export function answerOf({ method, params }: BridgeCall, around: Surroundings): BridgeEvent | undefined {
  const { req_id } = params
  switch (method) {
    case 'web_app_request_theme':
      return ['theme_changed', { theme_params: around.theme }]
    case 'web_app_request_viewport':
    case 'web_app_expand':
      return viewportEvent(around)
    case 'web_app_request_safe_area':
      return ['safe_area_changed', noInset]
    case 'web_app_request_content_safe_area':
      return ['content_safe_area_changed', noInset]
    case 'web_app_request_write_access':
      return ['write_access_requested', { status: 'allowed' }]
    case 'web_app_check_home_screen':
      return ['home_screen_checked', { status: 'unsupported' }]
    case 'web_app_biometry_get_info':
      return ['biometry_info_received', { available: false }]
    case 'web_app_check_location':
      return ['location_checked', { available: false }]
    case 'web_app_read_text_from_clipboard':
      return ['clipboard_text_received', { req_id, data: null }]
    case 'web_app_open_invoice':
      return ['invoice_closed', { slug: params.slug, status: 'failed' }]
    case 'web_app_invoke_custom_method':
      return ['custom_method_invoked', { req_id, error: 'METHOD_NOT_IN_SANDBOX' }]
    default:
      return undefined
  }
}

export function viewportEvent({ width, height }: Surroundings): BridgeEvent {
  return ['viewport_changed', { width, height, is_expanded: true, is_state_stable: true }]
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
