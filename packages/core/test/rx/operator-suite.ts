import { from, map, take, type Observable, type OperatorFunction } from 'rxjs'
import { TestScheduler, type RunHelpers } from 'rxjs/testing'
import { expect, it } from 'vitest'

export const marbles = (run: (helpers: RunHelpers, scheduler: TestScheduler) => void): void => {
  const scheduler = new TestScheduler((actual, expected) => expect(actual).toEqual(expected))
  scheduler.run((helpers) => run(helpers, scheduler))
}

export interface OperatorCase<In, Out> {
  /** A new operator for each subscription that is tried. */
  readonly operator: () => OperatorFunction<In, Out>
  /** Made anew for each try. */
  readonly inputs: () => readonly In[]
  /** What each input makes at once, in terms that can be compared; undefined where it makes nothing. */
  readonly outputs: readonly unknown[]
  readonly project?: (out: Out) => unknown
}

const letters = 'abcdefghijklmnopqrstuvwxyz'

/** What holds for every operator: it emits in time, completes, fails and is torn down as its source is. */
export function operatorSuite<In, Out>({ operator, inputs, outputs, project = (out) => out }: OperatorCase<In, Out>): void {
  const values = (): Record<string, In> => Object.fromEntries(inputs().map((input, n) => [letters[n]!, input]))
  const expected = Object.fromEntries(outputs.map((output, n) => [letters[n]!, output]))
  const frame = (n: number): string => (outputs[n] === undefined ? '-' : letters[n]!)
  const source = letters.slice(0, outputs.length)
  const emitted = outputs.map((_, n) => frame(n)).join('')
  const piped = () => (stream: Observable<In>) => stream.pipe(operator(), map(project))

  it('emits when its source does, and completes with it', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const events = cold(`${source}|`, values())
      expectObservable(events.pipe(piped())).toBe(`${emitted}|`, expected)
      expectSubscriptions(events.subscriptions).toBe(`^${'-'.repeat(outputs.length - 1)}!`)
    })
  })

  it('passes an error of its source on, after what came before', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const events = cold(`${source}#`, values(), 'broken')
      expectObservable(events.pipe(piped())).toBe(`${emitted}#`, expected, 'broken')
      expectSubscriptions(events.subscriptions).toBe(`^${'-'.repeat(outputs.length - 1)}!`)
    })
  })

  it('lets its source go when it is unsubscribed', () => {
    marbles(({ hot, expectObservable, expectSubscriptions }) => {
      const events = hot(`${source}${source}`, values())
      const until = `${'-'.repeat(outputs.length - 1)}!`
      expectObservable(events.pipe(piped()), until).toBe(emitted.slice(0, -1), expected)
      expectSubscriptions(events.subscriptions).toBe(`^${'-'.repeat(outputs.length - 2)}!`)
    })
  })

  it('waits with a source that says nothing, and completes with an empty one', () => {
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold<In>('-').pipe(piped())).toBe('-')
      expectObservable(cold<In>('|').pipe(piped())).toBe('|')
    })
  })

  it('stops a source that emits while it is being subscribed to once its reader has enough', () => {
    let pulled = 0
    function* endless(): Generator<In, void, void> {
      for (;;) {
        for (const input of inputs()) {
          pulled++
          yield input
        }
      }
    }
    const first = outputs.findIndex((output) => output !== undefined)
    const seen: unknown[] = []
    from(endless()).pipe(piped(), take(1)).subscribe((out) => seen.push(out))
    expect(seen).toEqual([outputs[first]])
    expect(pulled).toBe(first + 1)
  })

  it('begins anew for each subscription', () => {
    const one = operator()
    const run = (): unknown[] => {
      const seen: unknown[] = []
      from(inputs()).pipe(one, map(project)).subscribe((out) => seen.push(out))
      return seen
    }
    const wanted = outputs.filter((output) => output !== undefined)
    expect(run()).toEqual(wanted)
    expect(run()).toEqual(wanted)
  })
}
