import type { Content } from '../chats.ts'
import { readCaption } from '../entities/read.ts'
import { Params, type Upload } from '../params.ts'
import { badRequest } from '../refusal.ts'
import type { Sandbox } from '../sandbox.ts'

export type MediaKind = 'photo' | 'document'

/** The photo or document of a call: a new upload, `attach://…`, or the id of a file sent before. */
export function readMedia(sandbox: Sandbox, params: Params, kind: MediaKind, name: string = kind): Content {
  const upload = uploadOf(params, name)
  if (upload) {
    if (upload.bytes.length === 0) throw badRequest('file must be non-empty')
    return kind === 'photo'
      ? { photo: sandbox.files.addPhoto(upload) }
      : { document: sandbox.files.addDocument(upload) }
  }
  const given = params.text(name) ?? ''
  if (given === '') throw badRequest(`there is no ${kind} in the request`)
  // Telegram would fetch it; there is no network here.
  if (/^https?:/i.test(given)) throw badRequest('failed to get HTTP URL content')
  const photo = kind === 'photo' ? sandbox.files.photo(given) : undefined
  const document = kind === 'document' ? sandbox.files.document(given) : undefined
  if (photo) return { photo }
  if (document) return { document }
  throw badRequest(
    sandbox.files.byId(given)
      ? `can't use file of type ${kind === 'photo' ? 'Document as Photo' : 'Photo as Document'}`
      : 'wrong file identifier/HTTP URL specified',
  )
}

function uploadOf(params: Params, name: string): Upload | undefined {
  const given = params.text(name)
  if (!given?.startsWith('attach://')) return params.files.get(name)
  const upload = params.files.get(given.slice('attach://'.length))
  if (!upload) throw badRequest('attached file not found')
  return upload
}

/** A photo or document with its caption. */
export function readCaptioned(sandbox: Sandbox, params: Params, kind: MediaKind, name?: string): Content {
  const { text, entities } = readCaption(params)
  return {
    ...readMedia(sandbox, params, kind, name),
    ...(text ? { caption: text } : {}),
    ...(text && entities.length ? { caption_entities: entities } : {}),
    ...(params.flag('show_caption_above_media') ? { show_caption_above_media: true } : {}),
    ...(params.flag('has_spoiler') ? { has_media_spoiler: true } : {}),
  }
}

/** An InputMedia object read as if it were a call of its own. */
export function readInputMedia(sandbox: Sandbox, params: Params, value: unknown): Content {
  const media = (value ?? {}) as Record<string, unknown>
  const kind = media.type
  if (kind !== 'photo' && kind !== 'document') throw badRequest('type of the InputMedia is unsupported')
  return readCaptioned(sandbox, new Params(media, params.files), kind, 'media')
}
