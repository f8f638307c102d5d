import type { Tx } from '../../src/db/database.ts'
import {
  addPerson,
  findPersonByTelegramId,
  listStaff,
  rememberContact,
  saveStaff,
} from '../../src/db/people.ts'
import type { Role } from '../../src/db/schema.ts'
import type { Chance } from './chance.ts'

export interface SeedPerson {
  id: number
  name: string
}

export interface SeedCustomer extends SeedPerson {
  phone: string
  address: string
}

const FIRST =
  'Ana Ben Chloé Davi Eleni Filip Greta Hugo Ivy João Katya Luis Mara Noor Oskar Paula Quinn Rosa Sami Tereza'.split(
    ' ',
  )
const LAST =
  'Almeida Berg Costa Dvořák Evans Fischer García Haddad Ivanova Jansen Keller Lopes Moreau Novák Okafor Petrov Rossi Santos Tanaka Weber'.split(
    ' ',
  )
const STREETS = ['Rua das Flores', 'Long Street', 'Lindenweg', 'Rue du Moulin', 'Calle Mayor', 'Náměstí Míru']

// Telegram's ids of people are below 2^52; these are far above any that the sandbox or a test hands out.
const FIRST_ID = 4_000_000_000

/** Adds `count` customers. They begin after those of earlier runs. */
export function seedCustomers(
  tx: Tx,
  chance: Chance,
  { count, now }: { count: number; now: number },
): SeedCustomer[] {
  let next = firstFreeId(tx)
  return Array.from({ length: count }, () => {
    const telegramId = next++
    const name = `${chance.pick(FIRST)} ${chance.pick(LAST)}`
    const username = chance.happens(0.7) ? `user${telegramId}` : null
    const reach = chance.happens(0.01) ? 'blocked' : 'ok'
    const id = addPerson(tx, { telegramId, name, username, language: 'en', reach, now })
    const phone = `+351 9${chance.between(10_000_000, 99_999_999)}`
    const address = `${chance.pick(STREETS)} ${chance.between(1, 220)}\n${chance.between(1000, 9999)} Town`
    rememberContact(tx, id, { phone, address })
    return { id, name, phone, address }
  })
}

function firstFreeId(tx: Tx): number {
  let id = FIRST_ID
  while (findPersonByTelegramId(tx, id)) id += 1_000_000
  return id
}

const TEAM: [telegramId: number, name: string, role: Role][] = [
  [701, 'Olga', 'owner'],
  [702, 'Marek', 'manager'],
  [703, 'Pia', 'packer'],
]

/** The shop's staff; a shop without any gets Olga, Marek and Pia. */
export function seedStaff(tx: Tx, now: number): SeedPerson[] {
  if (listStaff(tx).length === 0) {
    for (const [telegramId, name, role] of TEAM) {
      const known = findPersonByTelegramId(tx, telegramId)
      const personId =
        known?.id ?? addPerson(tx, { telegramId, name, username: null, language: 'en', reach: 'ok', now })
      saveStaff(tx, { personId, role, now })
    }
  }
  return listStaff(tx).map(({ person_id, name }) => ({ id: person_id, name }))
}
