import type { PictureName } from './pictures/draw-pictures.ts'

export interface Goods {
  handle: PictureName
  title: string
  description: string
  /** The option's name, for goods that come in several kinds. */
  option?: string
  /** Sent by the chat: needs no delivery, and can be paid with Stars. */
  digital?: true
  /** `stock` is what stands on the shelf when the demo starts, beside what is set aside for open orders. */
  kinds: { name?: string; sku: string; priceMinor: number; stock: number }[]
}

/** What Fern & Kettle sells, by shelf; prices in euro cents. */
export const SHELVES: { name: string; goods: Goods[] }[] = [
  {
    name: 'Coffee & Cocoa',
    goods: [
      {
        handle: 'morning-bell',
        title: 'Morning Bell espresso',
        description:
          'Our house espresso: cocoa, toasted hazelnut and a spoon of brown sugar.\n\nTwo thirds Brazil, one third Ethiopia, roasted every Tuesday. Happy in a moka pot, too.',
        option: 'Bag',
        kinds: [
          { name: '250 g', sku: 'COF-BELL-250', priceMinor: 980, stock: 34 },
          { name: '1 kg', sku: 'COF-BELL-1000', priceMinor: 3400, stock: 11 },
        ],
      },
      {
        handle: 'huila',
        title: 'Huila filter coffee',
        description:
          'From the Ordóñez family, 1,750 m up in the south of Colombia. Red apple, panela and a long, clean finish.\n\n• Washed, harvest of May\n• Best between day 7 and day 40 after roasting',
        option: 'Grind',
        kinds: [
          { name: 'Whole beans', sku: 'COF-HUI-B', priceMinor: 1290, stock: 22 },
          { name: 'Ground for filter', sku: 'COF-HUI-F', priceMinor: 1290, stock: 9 },
        ],
      },
      {
        handle: 'night-owl',
        title: 'Night Owl decaf',
        description:
          'For the cup after dinner. Decaffeinated with nothing but spring water; tastes of fig and milk chocolate. 250 g, whole beans.',
        kinds: [{ sku: 'COF-OWL-250', priceMinor: 1150, stock: 16 }],
      },
      {
        handle: 'sea-salt-chocolate',
        title: 'Dark chocolate with sea salt',
        description:
          '72 % cocoa from Tabasco, stone-ground for two days, with flakes of salt from Aveiro. 70 g. Contains nothing you need to look up.',
        kinds: [{ sku: 'CHO-SALT-70', priceMinor: 520, stock: 48 }],
      },
      {
        handle: 'verbena-tea',
        title: 'Lemon verbena tea',
        description:
          'Whole leaves from a garden near Tavira, dried in the shade. Lemony, soft, without caffeine. 40 g in a tin worth keeping.',
        kinds: [{ sku: 'TEA-VERB-40', priceMinor: 890, stock: 19 }],
      },
    ],
  },
  {
    name: 'Ceramics',
    goods: [
      {
        handle: 'stoneware-mug',
        title: 'Stoneware mug',
        description:
          'Thrown on the wheel by Inês, two doors down. Holds 330 ml and fits a hand around it.\n\n• Each one a little different\n• Safe for dishwasher and microwave',
        option: 'Glaze',
        kinds: [
          { name: 'Sea', sku: 'CER-MUG-SEA', priceMinor: 2400, stock: 7 },
          { name: 'Sand', sku: 'CER-MUG-SAN', priceMinor: 2400, stock: 12 },
          { name: 'Ink', sku: 'CER-MUG-INK', priceMinor: 2600, stock: 3 },
        ],
      },
      {
        handle: 'espresso-cups',
        title: 'Pair of espresso cups',
        description: 'One rose, one milk, each with its saucer. 80 ml, thick walls, so that the crema lasts.',
        kinds: [{ sku: 'CER-ESP-2', priceMinor: 3800, stock: 6 }],
      },
      {
        handle: 'pour-over-dripper',
        title: 'Pour-over dripper',
        description:
          'Porcelain cone for one to three cups, with deep ribs so that the water keeps moving. Takes ordinary size 02 filters; ten are in the box.',
        kinds: [{ sku: 'CER-DRIP-02', priceMinor: 2900, stock: 8 }],
      },
      {
        handle: 'breakfast-bowl',
        title: 'Breakfast bowl',
        description:
          'For porridge, for soup, for the last three oranges. 16 cm across, moss glaze over raw clay.',
        kinds: [{ sku: 'CER-BOWL-16', priceMinor: 2750, stock: 10 }],
      },
      {
        handle: 'bud-vase',
        title: 'Bud vase',
        description:
          'Ink-blue, 18 cm tall, with a foot of bare clay. One stem is enough. The next kiln is fired in two weeks.',
        kinds: [{ sku: 'CER-VASE-18', priceMinor: 3200, stock: 0 }],
      },
    ],
  },
  {
    name: 'Plants',
    goods: [
      {
        handle: 'monstera',
        title: 'Swiss cheese plant',
        description:
          'Monstera deliciosa, grown slowly and used to a bit of shade. Water when the top of the soil is dry; a new leaf every month in summer. Comes in its pot.',
        option: 'Size',
        kinds: [
          { name: 'Small, 35 cm', sku: 'PLA-MON-S', priceMinor: 1950, stock: 9 },
          { name: 'Large, 80 cm', sku: 'PLA-MON-L', priceMinor: 4900, stock: 4 },
        ],
      },
      {
        handle: 'snake-plant',
        title: 'Snake plant',
        description:
          'Forgives almost everything: dark corners, long holidays, forgotten birthdays. 45 cm, in a clay pot.',
        kinds: [{ sku: 'PLA-SNA-45', priceMinor: 2200, stock: 13 }],
      },
      {
        handle: 'three-cacti',
        title: 'Three small cacti',
        description:
          'A round one, a tall one and one with ears, each in a pot of its own colour. Sun, and a sip every other week.',
        kinds: [{ sku: 'PLA-CAC-3', priceMinor: 1800, stock: 15 }],
      },
      {
        handle: 'olive-tree',
        title: 'Little olive tree',
        description:
          'Three years old, 60 cm, for a sunny balcony. It stays outside in winter down to −8 °C, and it does bear olives: eleven last year.',
        kinds: [{ sku: 'PLA-OLI-60', priceMinor: 3900, stock: 2 }],
      },
    ],
  },
  {
    name: 'For the home',
    goods: [
      {
        handle: 'gooseneck-kettle',
        title: 'Gooseneck kettle',
        description:
          'Pours as thin as a pencil line. 0.9 l, matte steel, maple handle, for every hob including induction.',
        kinds: [{ sku: 'HOM-KET-09', priceMinor: 6900, stock: 5 }],
      },
      {
        handle: 'fig-candle',
        title: 'Fig & cedar candle',
        description:
          'Rapeseed wax and a cotton wick; smells of a fig tree after rain. Burns for 45 hours, and the glass becomes a tumbler.',
        kinds: [{ sku: 'HOM-CAN-FIG', priceMinor: 2100, stock: 17 }],
      },
      {
        handle: 'linen-towels',
        title: 'Three linen towels',
        description:
          'Woven in Guimarães, stone-washed, 50 × 70 cm. They get better with every wash. Oat, sky and rust, tied with a ribbon.',
        kinds: [{ sku: 'HOM-LIN-3', priceMinor: 3400, stock: 9 }],
      },
      {
        handle: 'watering-can',
        title: 'Brass watering can',
        description:
          'Soldered by hand in Braga. 1.2 l and a long neck that reaches the back row of the windowsill.',
        kinds: [{ sku: 'HOM-WAT-12', priceMinor: 4500, stock: 6 }],
      },
      {
        handle: 'sourdough-guide',
        title: 'Sourdough guide (PDF)',
        description:
          'Forty pages, from the first bubble in the jar to a loaf that sings as it cools. We send it here in the chat.\n\n• With a table of hours for cold and for warm kitchens',
        digital: true,
        kinds: [{ sku: 'DIG-SOUR-PDF', priceMinor: 650, stock: 500 }],
      },
    ],
  },
]
