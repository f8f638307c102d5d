import { createHash } from 'node:crypto'
import type { Document, PhotoSize } from '@grammyjs/types'
import { imageSize } from './image-size.ts'
import type { Upload } from './params.ts'
import { badRequest } from './refusal.ts'

export interface StoredFile {
  fileId: string
  uniqueId: string
  /** As in `getFile`'s file_path. */
  path: string
  name: string
  mime: string
  bytes: Buffer
}

const maxPhotoBytes = 10 * 1024 * 1024
// Telegram makes these from every photo; all of ours lead to the bytes as they were uploaded.
const photoBoxes = [90, 320, 800]

export interface FileStore {
  byId(fileId: string): StoredFile | undefined
  byPath(path: string): StoredFile | undefined
  addPhoto(upload: Upload): PhotoSize[]
  addDocument(upload: Upload): Document
  /** The sizes of a photo sent before, by the id of any of them. */
  photo(fileId: string): PhotoSize[] | undefined
  document(fileId: string): Document | undefined
}

export function createFileStore(): FileStore {
  const files = new Map<string, StoredFile>()
  const paths = new Map<string, StoredFile>()
  const photos = new Map<string, PhotoSize[]>()
  const documents = new Map<string, Document>()
  let count = 0

  function store(upload: Upload, kind: 'photos' | 'documents', tag: string): StoredFile {
    const digest = createHash('sha256').update(upload.bytes).update(tag).digest('base64url')
    const extension = /\.(\w{1,8})$/.exec(upload.name)?.[1] ?? upload.mime.split('/')[1] ?? 'bin'
    const file: StoredFile = {
      fileId: `${kind === 'photos' ? 'AgAC' : 'BQAC'}${digest}${count}`,
      uniqueId: `AQAD${digest.slice(0, 11)}`,
      path: `${kind}/file_${count}.${extension}`,
      name: upload.name,
      mime: upload.mime,
      bytes: upload.bytes,
    }
    count += 1
    files.set(file.fileId, file)
    paths.set(file.path, file)
    return file
  }

  function addPhoto(upload: Upload): PhotoSize[] {
    const { width, height } = checkedPhoto(upload)
    const longest = Math.max(width, height)
    const largest = Math.min(longest, 1280)
    const sizes = [...photoBoxes.filter((box) => box < largest), largest].map((box): PhotoSize => {
      const { fileId, uniqueId, bytes } = store(upload, 'photos', String(box))
      const scaled = (side: number): number => Math.max(1, Math.round((side * box) / longest))
      const size = { width: scaled(width), height: scaled(height), file_size: bytes.length }
      return { file_id: fileId, file_unique_id: uniqueId, ...size }
    })
    for (const size of sizes) photos.set(size.file_id, sizes)
    return sizes
  }

  function addDocument(upload: Upload): Document {
    const { fileId, uniqueId, name, mime, bytes } = store(upload, 'documents', '')
    const document = { file_id: fileId, file_unique_id: uniqueId, file_name: name, mime_type: mime }
    documents.set(fileId, { ...document, file_size: bytes.length })
    return { ...document, file_size: bytes.length }
  }

  return {
    byId: (fileId) => files.get(fileId),
    byPath: (path) => paths.get(path),
    addPhoto,
    addDocument,
    photo: (fileId) => photos.get(fileId),
    document: (fileId) => documents.get(fileId),
  }
}

function checkedPhoto(upload: Upload): { width: number; height: number } {
  if (upload.bytes.length === 0) throw badRequest('file must be non-empty')
  if (upload.bytes.length > maxPhotoBytes) throw badRequest('file is too big')
  const size = imageSize(upload.bytes)
  if (!size) throw badRequest('IMAGE_PROCESS_FAILED')
  const { width, height } = size
  const ratio = Math.max(width, height) / Math.max(1, Math.min(width, height))
  if (width + height > 10_000 || ratio > 20) throw badRequest('PHOTO_INVALID_DIMENSIONS')
  return size
}
