import type { Role } from '../api/staff.ts'

/** What each role is called, and what it may do. */
export const ROLES: Record<Role, { word: string; duties: string }> = {
  packer: { word: 'Packer', duties: 'Orders from accepting to handing over' },
  manager: { word: 'Manager', duties: 'Orders, money, products and groups' },
  owner: { word: 'Owner', duties: 'Everything, with settings and staff' },
}

export const ROLE_NAMES = Object.keys(ROLES) as Role[]

/** The first letters of a name, for a round mark: "Olga Petrova" is "OP". */
export function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter(Boolean)
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words
  return ends.map((word) => [...(word ?? '')][0]?.toUpperCase() ?? '').join('')
}
