import { expect, it } from 'vitest'
import { existing, givenVariant } from '../../tests/given.ts'
import { givenApi } from '../../tests/given-api.ts'
import { findVariant } from '../db/catalogue.ts'
import { addPicture, replaceImages } from '../db/catalogue-import.ts'
import { failPicture, keepFetchedPicture } from '../db/fetched-pictures.ts'
import type { ProductList } from './contract/product.ts'

it('shows the small size of a picture once it is here, and why it is not', async () => {
  const { shop, staff } = givenApi()
  const olga = staff()
  const id = existing(findVariant(shop.db, givenVariant(shop))).product_id
  const url = 'https://shop.example/mug.jpg'
  const shown = async () => {
    const { body } = await olga.call<ProductList>('GET', '/products')
    const { image, imageTrouble } = existing(body.products[0])
    return { image, imageTrouble }
  }
  expect(await shown()).toEqual({ image: null, imageTrouble: null })
  shop.db.write((tx) => replaceImages(tx, id, [{ url, telegramFileId: null }]))
  expect(await shown()).toEqual({ image: url, imageTrouble: null })
  const trouble = 'Its server answers with 404.'
  shop.db.write((tx) => failPicture(tx, { url, trouble, tries: 1, dueAt: 1 }))
  expect(await shown()).toEqual({ image: url, imageTrouble: trouble })
  shop.db.write((tx) => keepFetchedPicture(tx, { url, file: 'abc.jpg', small: 'abc.webp' }))
  expect(await shown()).toEqual({ image: '/media/abc.webp', imageTrouble: null })
  shop.db.write((tx) => {
    replaceImages(tx, id, [])
    addPicture(tx, { productId: id, position: 0, file: 'own.png' })
  })
  expect(await shown()).toEqual({ image: '/media/own.png', imageTrouble: null })
})
