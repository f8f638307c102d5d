/** A picture to send without looking for one. */
export interface Sample {
  name: string
  file: File
  url: string
}

type Paint = (brush: CanvasRenderingContext2D) => void

const width = 720
const height = 900
const pictures: [name: string, paint: Paint][] = [
  ['Bank receipt', paintReceipt],
  ['Torn parcel', paintParcel],
  ['Cup of tea', paintCup],
]

/** Draws them anew each time, so that no two receipts are the same file. */
export function drawSamples(): Promise<Sample[]> {
  return Promise.all(
    pictures.map(async ([name, paint]) => {
      const file = await draw(name, paint)
      return { name, file, url: URL.createObjectURL(file) }
    }),
  )
}

async function draw(name: string, paint: Paint): Promise<File> {
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const brush = canvas.getContext('2d')
  if (brush) paint(brush)
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.85))
  return new File([blob ?? new Blob()], `${name.toLowerCase().replaceAll(' ', '-')}.jpg`, {
    type: 'image/jpeg',
  })
}

function paintReceipt(brush: CanvasRenderingContext2D): void {
  ground(brush, '#cfd6dc', '#aeb9c2')
  brush.fillStyle = '#fff'
  brush.fillRect(90, 70, width - 180, height - 140)
  words(brush, 'Transfer sent', 140, 170, 'bold 44px system-ui', '#14202b')
  words(brush, '✓ Completed', 140, 232, '30px system-ui', '#1d7d3c')
  const now = new Date()
  const lines = [
    ['To', 'LittleShop'],
    ['Date', now.toLocaleDateString('en-GB')],
    ['Time', now.toLocaleTimeString('en-GB')],
    ['Reference', String(now.getTime()).slice(-9)],
    ['From', '•••• 4821'],
  ]
  for (const [index, [label = '', value = '']] of lines.entries()) {
    const y = 340 + index * 84
    words(brush, label, 140, y, '28px system-ui', '#647079')
    words(brush, value, 330, y, '32px system-ui', '#14202b')
    brush.fillStyle = '#e2e7eb'
    brush.fillRect(140, y + 28, width - 280, 2)
  }
}

function paintParcel(brush: CanvasRenderingContext2D): void {
  ground(brush, '#8fa3ad', '#5f727c')
  shape(brush, '#c89a63', '130,360 360,260 590,360 590,680 360,790 130,680')
  shape(brush, '#b3844d', '360,460 590,360 590,680 360,790')
  shape(brush, '#dcb07a', '130,360 360,260 590,360 360,460')
  shape(brush, '#efe3c8', '320,278 400,312 400,442 360,460 320,442 320,330')
  shape(brush, '#3a2a18', '420,520 520,470 470,560 560,610 440,620 400,690')
  words(brush, 'FRAGILE', 160, 560, 'bold 40px system-ui', '#8a2b1d')
}

function paintCup(brush: CanvasRenderingContext2D): void {
  ground(brush, '#f3dfc1', '#dcb98a')
  ellipse(brush, '#c59f6d', 360, 720, 250, 60)
  brush.lineWidth = 34
  brush.strokeStyle = '#f7faf9'
  brush.beginPath()
  brush.arc(545, 510, 80, -1.4, 1.6)
  brush.stroke()
  shape(brush, '#f7faf9', '170,400 550,400 520,620 440,710 280,710 200,620')
  ellipse(brush, '#e6ecea', 360, 400, 190, 52)
  ellipse(brush, '#7a9a3c', 360, 408, 166, 40)
}

function ground(brush: CanvasRenderingContext2D, from: string, to: string): void {
  const fill = brush.createLinearGradient(0, 0, width, height)
  fill.addColorStop(0, from)
  fill.addColorStop(1, to)
  brush.fillStyle = fill
  brush.fillRect(0, 0, width, height)
}

function shape(brush: CanvasRenderingContext2D, colour: string, points: string): void {
  brush.fillStyle = colour
  brush.fill(new Path2D(`M${points.replaceAll(' ', 'L')}Z`))
}

function ellipse(
  brush: CanvasRenderingContext2D,
  colour: string,
  x: number,
  y: number,
  rx: number,
  ry: number,
): void {
  brush.fillStyle = colour
  brush.beginPath()
  brush.ellipse(x, y, rx, ry, 0, 0, Math.PI * 2)
  brush.fill()
}

function words(
  brush: CanvasRenderingContext2D,
  text: string,
  x: number,
  y: number,
  font: string,
  colour: string,
): void {
  brush.font = font
  brush.fillStyle = colour
  brush.fillText(text, x, y)
}
