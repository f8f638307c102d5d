/** What LittleShop takes from a product file. */
export type Field =
  | 'handle'
  | 'title'
  | 'body'
  | 'productCategory'
  | 'type'
  | 'published'
  | 'status'
  | 'option1Name'
  | 'option1Value'
  | 'option2Name'
  | 'option2Value'
  | 'option3Name'
  | 'option3Value'
  | 'sku'
  | 'quantity'
  | 'price'
  | 'requiresShipping'
  | 'imageUrl'
  | 'imagePosition'

/** A column's name in Shopify's exports: the older one, then the one since 2024. Matched whatever the case. */
export const COLUMN_NAMES: Record<Field, readonly [old: string, recent: string]> = {
  handle: ['Handle', 'URL handle'],
  title: ['Title', 'Title'],
  body: ['Body (HTML)', 'Description'],
  productCategory: ['Product Category', 'Product category'],
  type: ['Type', 'Type'],
  published: ['Published', 'Published on online store'],
  status: ['Status', 'Status'],
  option1Name: ['Option1 Name', 'Option1 name'],
  option1Value: ['Option1 Value', 'Option1 value'],
  option2Name: ['Option2 Name', 'Option2 name'],
  option2Value: ['Option2 Value', 'Option2 value'],
  option3Name: ['Option3 Name', 'Option3 name'],
  option3Value: ['Option3 Value', 'Option3 value'],
  sku: ['Variant SKU', 'SKU'],
  quantity: ['Variant Inventory Qty', 'Inventory quantity'],
  price: ['Variant Price', 'Price'],
  requiresShipping: ['Variant Requires Shipping', 'Requires shipping'],
  imageUrl: ['Image Src', 'Product image URL'],
  imagePosition: ['Image Position', 'Image position'],
}

/** The three pairs of option columns. */
export const OPTIONS = [
  ['option1Name', 'option1Value'],
  ['option2Name', 'option2Value'],
  ['option3Name', 'option3Value'],
] as const

const FIELD_OF = new Map<string, Field>()
for (const [field, names] of Object.entries(COLUMN_NAMES)) {
  for (const name of names) FIELD_OF.set(name.toLowerCase(), field as Field)
}

/** The field a column heading stands for, or undefined when LittleShop has no use for it. */
export function fieldOf(heading: string): Field | undefined {
  return FIELD_OF.get(heading.trim().replace(/\s+/g, ' ').toLowerCase())
}
