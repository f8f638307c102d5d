import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { InputFile } from 'grammy'
import type { Message } from 'grammy/types'
import { type PictureRow, saveTelegramFileId } from '../db/catalogue.ts'
import type { ShopContext } from './context.ts'
import { isBadPicture } from './telegram-errors.ts'

type Media = string | InputFile

/**
 * Sends a picture by the id Telegram knows it under, else from where it lies, and remembers the id.
 * Returns undefined when there is no way to have the picture; the words must then do alone.
 */
export async function sendPicture(
  ctx: ShopContext,
  image: PictureRow,
  send: (media: Media) => Promise<Message>,
): Promise<Message | undefined> {
  for (const source of [knownToTelegram, fromWhereItLies]) {
    const media = await source(ctx, image)
    if (media === undefined) continue
    try {
      const message = await send(media)
      remember(ctx, image, message)
      return message
    } catch (error) {
      if (!isBadPicture(error)) throw error
      ctx.deps.log?.warn({ image: image.id, err: error }, 'Telegram does not take a picture')
    }
  }
  return undefined
}

function knownToTelegram(_ctx: ShopContext, image: PictureRow): Promise<Media | undefined> {
  return Promise.resolve(image.telegram_file_id ?? undefined)
}

async function fromWhereItLies(ctx: ShopContext, image: PictureRow): Promise<Media | undefined> {
  const file = image.file ?? image.fetched_file
  if (!file) return image.url ?? undefined
  try {
    const bytes = await readFile(join(ctx.deps.mediaFolder, file))
    return new InputFile(bytes, basename(file))
  } catch (error) {
    ctx.deps.log?.warn({ image: image.id, err: error }, 'a picture is missing')
    return image.url ?? undefined
  }
}

function remember(ctx: ShopContext, image: PictureRow, message: Message): void {
  const fileId = message.photo?.at(-1)?.file_id
  if (!fileId || fileId === image.telegram_file_id) return
  ctx.shop.db.write((tx) => saveTelegramFileId(tx, image.id, fileId))
}
