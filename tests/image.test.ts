import { spawnSync } from 'node:child_process'
import {
  chownSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { startTelegram } from '../sandbox/telegram/driver.ts'
import { buildPanel } from './build-panel.ts'
import { startShop } from './faults/shop-process.ts'
import { givenFolder } from './given.ts'
import { copiedIntoImage, finalInstruction, finalStage, layOutImage, ROOT, readStages } from './image.ts'
import { runScript } from './run-script.ts'

const OWNER = 1000
/** What strips types, by the name Node's own modules know it by. */
const SAY_WHETHER_COMPILED = `data:text/javascript,process.on('exit', () => console.error('compiled: ' + process.moduleLoadList.some((name) => name.includes('amaro'))))`

describe('the Dockerfile', () => {
  it('takes only what there is, and leaves behind what only builds', () => {
    const [build = []] = readStages()
    const sources = [
      ...build.filter(({ name }) => name === 'COPY').flatMap(({ text }) => text.split(' ').slice(0, -1)),
      ...copiedIntoImage().map(({ from }) => from),
    ]
    // What is built is not in the repository.
    expect(
      sources.filter((path) => !/^(node_modules|miniapp\/dist)$/.test(path) && !existsSync(join(ROOT, path))),
    ).toEqual([])
    expect(build[0]?.text).toBe('node:24-slim AS build')
    expect(finalStage()[0]?.text).toBe('node:24-slim')
    for (const folder of ['tests', 'sandbox', 'docs', 'bench', '.'])
      expect(copiedIntoImage().map(({ from }) => from)).not.toContain(folder)
  })

  it('keeps secrets and data out of the image', () => {
    const ignored = readFileSync(join(ROOT, '.dockerignore'), 'utf8').split('\n')
    for (const name of ['.*', 'data', 'node_modules', '**/dist', '**/*.test.ts'])
      expect(ignored).toContain(name)
  })

  it('starts the shop without a shell in between, behind an entry that gives up root', () => {
    expect(JSON.parse(finalInstruction('CMD'))).toEqual(['node', 'src/main.ts'])
    expect(JSON.parse(finalInstruction('ENTRYPOINT'))).toEqual(['/shop/scripts/enter.sh'])
    expect(statSync(join(ROOT, 'scripts', 'enter.sh')).mode & 0o111).toBe(0o111)
  })
})

describe('what is in the image', () => {
  beforeAll(buildPanel, 120_000)

  it('is enough: the shop opens, the health check passes, the panel is there, and an operator can look and import', async () => {
    const telegram = await startTelegram()
    onTestFinished(() => telegram.stop())
    const root = join(givenFolder(), 'shop')
    layOutImage(root)
    expect(existsSync(join(root, 'node_modules', 'vite'))).toBe(false)
    expect(globSync('**/*.test.ts', { cwd: join(root, 'src') })).toEqual([])
    const data = givenFolder()
    const env = { BOT_TOKEN: telegram.token, TELEGRAM_API_ROOT: telegram.apiRoot, DATA_DIR: data }
    const shop = await startShop(join(root, 'src', 'main.ts'), env)
    const address = `http://127.0.0.1:${shop.port}`
    expect((await fetch(`${address}/readyz`)).status).toBe(200)
    expect((await fetch(`${address}/app/`)).status).toBe(200)
    expect(healthOf(shop.port)).toBe(0)

    const inside = { folder: root, root, env: { ...env, PORT: String(shop.port) } }
    const doctor = await runScript('scripts/doctor.ts', inside)
    expect(doctor).toMatchObject({ status: 0, stderr: '' })
    expect(doctor.stdout).toContain('✓ shop: runs here')
    const file = join(root, 'goods.csv')
    writeFileSync(file, 'Handle,Title,Price,Inventory quantity\nmug,Mug,18.00,3\n')
    const imported = await runScript('scripts/import.ts', { ...inside, args: [file, '--apply'] })
    expect(imported.stdout).toContain('Done: 1 added')
    expect(await runScript('scripts/restore.ts', { ...inside, args: ['--list'] })).toMatchObject({
      status: 0,
      stderr: '',
    })

    expect(await shop.end('SIGTERM')).toBe(0)
    expect(healthOf(shop.port)).toBe(1)
  }, 180_000)

  it('needs no compiler to start: all that runs was compiled when the image was built', () => {
    const root = join(givenFolder(), 'shop')
    layOutImage(root)
    const node = (args: string[], env: Record<string, string>) =>
      spawnSync(process.execPath, args, { cwd: root, env, encoding: 'utf8' })
    const [, ...main] = JSON.parse(finalInstruction('CMD')) as string[]
    const start = (env: Record<string, string>) =>
      node(['--import', SAY_WHETHER_COMPILED, ...main], env).stderr
    expect(start({})).toMatch(/BOT_TOKEN is missing.*compiled: true/s)
    const [compile] = finalStage().filter(({ name, text }) => name === 'RUN' && text.startsWith('["node"'))
    const [, ...args] = JSON.parse(compile?.text ?? '[]') as string[]
    const kept = { NODE_COMPILE_CACHE: join(root, 'compiled') }
    expect(node(args, kept)).toMatchObject({ status: 0, stdout: '', stderr: '' })
    expect(start(kept)).toMatch(/BOT_TOKEN is missing.*compiled: false/s)
  }, 180_000)
})

/** The exit code of the health check as it stands in the Dockerfile. */
function healthOf(port: number): number | null {
  const [, command = ''] = finalInstruction('HEALTHCHECK').split(' CMD ')
  const [program, ...args] = JSON.parse(command) as string[]
  expect(program).toBe('node')
  return spawnSync(process.execPath, args, { env: { PORT: String(port) } }).status
}

// Only root can hand something to somebody else, and only Linux has setpriv.
describe.runIf(process.getuid?.() === 0 && process.platform === 'linux')('the entry', () => {
  const enter = (data: string, command: string, as: string[] = []) =>
    spawnSync(
      as[0] ?? 'sh',
      [...as.slice(1), ...(as[0] ? ['sh'] : []), join(ROOT, 'scripts', 'enter.sh'), 'sh', '-c', command],
      {
        env: { PATH: process.env.PATH, DATA_DIR: data },
        encoding: 'utf8',
      },
    )

  /** A folder that others may reach. */
  function givenVolume(): string {
    const folder = mkdtempSync('/var/tmp/littleshop-')
    onTestFinished(() => void spawnSync('rm', ['-rf', folder]))
    spawnSync('chmod', ['755', folder])
    return folder
  }

  it('hands over a volume of root, with all that root left in it, and goes on as another user with no way back', () => {
    const volume = givenVolume()
    mkdirSync(join(volume, 'media'))
    writeFileSync(join(volume, 'media', 'mug.jpg'), 'x')
    writeFileSync(join(volume, 'restored.db'), 'x')
    const { status, stdout, stderr } = enter(
      volume,
      'id -u; id -g; id -G; echo new > "$DATA_DIR/shop.db"; grep NoNewPrivs /proc/self/status',
    )
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout.split(/\s+/)).toEqual(['1000', '1000', '1000', 'NoNewPrivs:', '1', ''])
    for (const name of ['', 'media', 'media/mug.jpg', 'restored.db', 'shop.db'])
      expect([name, statSync(join(volume, name)).uid]).toEqual([name, OWNER])
  })

  it('makes the folder where there is none, and tells how its program ended', () => {
    const data = join(givenVolume(), 'data')
    expect(enter(data, 'exit 7').status).toBe(7)
    expect(statSync(data).uid).toBe(OWNER)
  })

  it('changes nothing when it is started as somebody else', () => {
    const volume = givenVolume()
    chownSync(volume, 1234, 1234)
    const { stdout } = enter(volume, 'id -u', [
      'setpriv',
      '--reuid=1234',
      '--regid=1234',
      '--clear-groups',
      '--',
    ])
    expect(stdout.trim()).toBe('1234')
    expect(statSync(volume).uid).toBe(1234)
  })
})
