import { createServer, type Socket as TcpSocket } from 'node:net'
import { once } from 'node:events'
import { WebSocketServer, type WebSocket } from 'ws'
import { afterEach, describe, expect, it } from 'vitest'
import { webSocketClient, type Socket } from '../src/index.js'

const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

async function serve(options: object, onLink: (link: WebSocket) => void): Promise<string> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, ...options })
  server.on('connection', onLink)
  closers.push(() => {
    for (const client of server.clients) client.terminate()
    server.close()
  })
  await once(server, 'listening')
  return `ws://127.0.0.1:${(server.address() as { port: number }).port}/`
}

interface Seen {
  readonly log: string[]
  readonly messages: Uint8Array[]
  readonly socket: Socket
  closed: Promise<string>
}
function connect(url: string, until: (log: string[]) => boolean = () => false): Seen & { readonly reached: Promise<void> } {
  const log: string[] = []
  const messages: Uint8Array[] = []
  let close: (told: string) => void = () => {}
  let reach = (): void => {}
  const closed = new Promise<string>((resolve) => (close = resolve))
  const reached = new Promise<void>((resolve) => (reach = resolve))
  const note = (what: string): void => {
    log.push(what)
    if (until(log)) reach()
  }
  const socket = webSocketClient()(url, {
    open: () => note('open'),
    message(data) {
      messages.push(data)
      note(`message ${data.length}`)
    },
    ping: () => note('ping'),
    pong: () => note('pong'),
    close(code, reason) {
      note(`close ${code}`)
      close(`${code} ${reason}`)
    },
  })
  closers.push(() => socket.terminate())
  return { log, messages, socket, closed, reached }
}

describe('a connection on loopback', () => {
  it('opens, speaks, answers pings and is pinged', async () => {
    const heard: string[] = []
    const url = await serve({}, (link) => {
      link.on('message', (data) => {
        heard.push(String(data))
        link.send('{"a":1}')
        link.send(Buffer.from([1, 2, 3]))
        link.ping('x')
      })
      link.on('pong', (data) => heard.push(`pong ${String(data)}`))
    })
    const { socket, log, messages, reached } = connect(url, (list) => list.includes('pong') && list.includes('ping'))
    while (log.length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
    socket.send('hello')
    socket.ping()
    await reached
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(log.slice(0, 1)).toEqual(['open'])
    expect(messages.map((data) => [...data])).toEqual([[...Buffer.from('{"a":1}')], [1, 2, 3]])
    expect(heard).toEqual(['hello', 'pong x'])
  })

  it('offers no compression, whatever the server would like', async () => {
    let extensions: string | undefined
    const url = await serve({ perMessageDeflate: true }, (link) => {
      extensions = link.extensions
      link.close(1000)
    })
    await connect(url).closed
    expect(extensions).toBe('')
  })

  it('refuses a message of more than 32 MiB', async () => {
    const url = await serve({}, (link) => link.send(Buffer.alloc(33 * 2 ** 20)))
    const { closed, messages } = connect(url)
    expect(await closed).toContain('Max payload size exceeded')
    expect(messages).toEqual([])
  })

  it('takes one of 31 MiB', async () => {
    const url = await serve({}, (link) => link.send(Buffer.alloc(31 * 2 ** 20)))
    const { reached, messages } = connect(url, (list) => list.length === 2)
    await reached
    expect(messages[0]!.length).toBe(31 * 2 ** 20)
  })

  it('refuses a flood of fragments', async () => {
    const url = await serve({}, (link) => {
      for (let i = 0; i < 5000; i++) link.send('x', { fin: false })
    })
    expect(await connect(url).closed).toMatch(/^1008|fragments/i)
  })

  it.each([
    ['closed by the server', (link: WebSocket) => link.close(4000, 'bye'), '4000 bye'],
    ['cut', (link: WebSocket) => link.terminate(), '1006 '],
  ])('%s: told once', async (_, act, told) => {
    const url = await serve({}, act)
    const { closed, log } = connect(url)
    expect(await closed).toBe(told)
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(log.filter((line) => line.startsWith('close'))).toHaveLength(1)
  })

  it('that cannot be made is a close with its reason, and follows no redirect', async () => {
    expect(await connect('ws://127.0.0.1:1/').closed).toMatch(/^1006 .*ECONNREFUSED/)
    const server = createServer((socket: TcpSocket) => socket.end('HTTP/1.1 302 Found\r\nLocation: ws://127.0.0.1:1/\r\n\r\n')).listen(0, '127.0.0.1')
    closers.push(() => server.close())
    await once(server, 'listening')
    expect(await connect(`ws://127.0.0.1:${(server.address() as { port: number }).port}/`).closed).toMatch(/^1006 .*302/)
  })

  it('paused it reads nothing; resumed it reads all', async () => {
    let link: WebSocket | undefined
    const url = await serve({}, (opened) => (link = opened))
    const { socket, log } = connect(url)
    while (link === undefined || log.length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
    socket.pause()
    for (let i = 0; i < 100; i++) link.send('x')
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(log).toEqual(['open'])
    socket.resume()
    while (log.length < 101) await new Promise((resolve) => setTimeout(resolve, 5))
  })

  it('terminated it is over at once, and nothing is told after', async () => {
    const url = await serve({}, (link) => void setInterval(() => link.send('x'), 1).unref())
    const { socket, log, closed } = connect(url)
    while (log.length < 3) await new Promise((resolve) => setTimeout(resolve, 5))
    socket.terminate()
    expect(await closed).toBe('1006 terminated')
    const length = log.length
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(log).toHaveLength(length)
  })
})
