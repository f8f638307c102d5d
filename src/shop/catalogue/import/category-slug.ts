/** A category's name as it is compared and stored once: "Cafés & Tea" and "cafes-tea" are the same. */
export function categorySlug(name: string): string {
  const slug = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
  return slug || name.toLowerCase()
}
