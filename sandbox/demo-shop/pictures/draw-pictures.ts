import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import * as ceramics from './ceramics.ts'
import * as coffee from './coffee.ts'
import { drawGuide } from './guide.ts'
import * as home from './home.ts'
import * as plants from './plants.ts'

const PICTURES = {
  'morning-bell': coffee.drawMorningBell,
  huila: coffee.drawHuila,
  'night-owl': coffee.drawNightOwl,
  'sea-salt-chocolate': coffee.drawChocolate,
  'verbena-tea': coffee.drawTea,
  'stoneware-mug': ceramics.drawMug,
  'espresso-cups': ceramics.drawEspressoCups,
  'pour-over-dripper': ceramics.drawDripper,
  'breakfast-bowl': ceramics.drawBowl,
  'bud-vase': ceramics.drawVase,
  monstera: plants.drawMonstera,
  'snake-plant': plants.drawSnakePlant,
  'three-cacti': plants.drawCacti,
  'olive-tree': plants.drawOliveTree,
  'fig-candle': home.drawCandle,
  'watering-can': home.drawWateringCan,
  'linen-towels': home.drawTowel,
  'gooseneck-kettle': home.drawKettle,
  'sourdough-guide': drawGuide,
}

export type PictureName = keyof typeof PICTURES

/** The file a picture has below DATA_DIR/media. */
export function pictureFile(name: PictureName): string {
  return `demo-${name}.jpg`
}

/** Draws the demo shop's product pictures into `folder` as JPEGs of 800 by 800, those that are not there yet. */
export async function drawPictures(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const missing = Object.entries(PICTURES)
    .map(([name, draw]) => ({ path: join(folder, pictureFile(name as PictureName)), draw }))
    .filter(({ path }) => !existsSync(path))
  await Promise.all(
    missing.map(({ path, draw }) => sharp(Buffer.from(draw())).flatten().jpeg({ quality: 86 }).toFile(path)),
  )
}
