import type { Role } from '../../src/db/schema.ts'

interface DemoStaff {
  telegramId: number
  name: string
  username: string
  role: Role
  /** Where they have switched on alerts. */
  devices?: string[]
  /** Minutes since midnight. */
  quiet?: { from: number; to: number }
}

/** Telegram ids are those of the sandbox's people. */
export const STAFF: DemoStaff[] = [
  {
    telegramId: 701,
    name: 'Olga',
    username: 'olga_fern',
    role: 'owner',
    devices: ['Olga’s phone', 'Olga’s laptop'],
  },
  { telegramId: 702, name: 'Marek', username: 'marek_k', role: 'manager', devices: ['Marek’s phone'] },
  {
    telegramId: 703,
    name: 'Pia',
    username: 'pia_packs',
    role: 'packer',
    quiet: { from: 21 * 60, to: 7 * 60 },
  },
]

/** Where the staff talk, and the bot tells them of orders. */
export const STAFF_GROUP = {
  id: -1_001_000_000_700,
  title: 'Fern & Kettle – orders',
  members: STAFF.map(({ telegramId }) => telegramId),
}

export interface DemoCustomer {
  telegramId: number
  name: string
  username: string | null
  language: string
  phone: string
  address: string
  /** Where they get order mails. */
  email?: string
  /** Blocked the bot after the last order. */
  blocked?: boolean
}

export const CUSTOMERS: DemoCustomer[] = [
  {
    ...customer(
      501,
      'Ana',
      'ana_lisboa',
      'en',
      '+351 912 345 678',
      'Rua das Flores 14, 2.º esq.\n1200-192 Lisboa',
    ),
    email: 'ana@example.com',
  },
  customer(502, 'Ben', 'benwalks', 'en', '+44 7700 900118', 'Travessa do Carmo 3\n1200-095 Lisboa'),
  customer(503, 'Chloé', 'chloe_m', 'fr', '+33 6 12 34 56 78', 'Rua da Rosa 88, 1.º\n1200-389 Lisboa'),
  customer(
    504,
    'Davi Rocha',
    'davirocha',
    'pt',
    '+351 936 220 114',
    'Av. Almirante Reis 101, 4.º dto.\n1150-013 Lisboa',
  ),
  {
    ...customer(505, 'Eleni', 'eleni_p', 'en', '+30 690 123 4567', 'Calçada da Estrela 27\n1200-661 Lisboa'),
    email: 'eleni@example.com',
  },
  customer(506, 'Filip Novák', null, 'cs', '+420 601 234 567', 'Rua de São Bento 210\n1250-219 Lisboa'),
  customer(507, 'Greta', 'greta_lind', 'de', '+49 1512 3456789', 'Rua do Século 41, r/c\n1200-433 Lisboa'),
  {
    ...customer(508, 'Hugo Teles', 'hugot', 'pt', '+351 965 010 203', 'Rua dos Anjos 56\n1150-040 Lisboa'),
    blocked: true,
  },
  {
    ...customer(
      509,
      'Ivy Chen',
      'ivychen',
      'en',
      '+351 910 777 305',
      'Largo do Rato 9, 5.º A\n1250-186 Lisboa',
    ),
    email: 'ivy@example.com',
  },
  customer(510, 'João Silva', 'joaosilva', 'pt', '+351 919 450 862', 'Rua da Bica 12\n1200-054 Lisboa'),
  customer(511, 'Katya', 'katyak', 'en', '+351 927 118 540', 'Rua Poço dos Negros 77\n1200-337 Lisboa'),
  customer(
    512,
    'Luis Andrade',
    'luisand',
    'es',
    '+34 612 345 678',
    'Rua da Madalena 150, 3.º\n1100-340 Lisboa',
  ),
]

function customer(
  telegramId: number,
  name: string,
  username: string | null,
  language: string,
  phone: string,
  address: string,
): DemoCustomer {
  return { telegramId, name, username, language, phone, address }
}

/** Who sits in the sandbox's chat page. The newcomer has never written to the shop. */
export const DEMO_PEOPLE: SandboxPerson[] = [
  { ...seated({ telegramId: 513, name: 'Nora', username: 'nora_new', language: 'en' }), newcomer: true },
  ...STAFF.map((member) => seated({ ...member, language: 'en' })),
  ...CUSTOMERS.map(seated),
]

interface SandboxPerson {
  id: number
  firstName: string
  lastName?: string
  username?: string
  languageCode: string
  phone?: string
  newcomer?: boolean
}

function seated(person: {
  telegramId: number
  name: string
  username: string | null
  language: string
  phone?: string
}): SandboxPerson {
  const [firstName = '', lastName] = person.name.split(' ')
  return {
    id: person.telegramId,
    firstName,
    ...(lastName && { lastName }),
    ...(person.username && { username: person.username }),
    languageCode: person.language,
    ...(person.phone && { phone: person.phone.replace(/[^+\d]/g, '') }),
  }
}
