import { defer, from, NEVER, of, Subject, throwError, type Observable, type Subscriber } from 'rxjs'
import { describe, expect, it } from 'vitest'
import { operate, type Operation } from '../../src/rx/operate.js'
import { operatorSuite } from './operator-suite.js'

const doubled = (subscriber: Subscriber<number>): Operation<number> => ({ next: (value) => void (value % 2 === 0 && subscriber.next(value * 2)) })

/** Everything that a stream does, in order. */
function logOf<In, Out>(source: Observable<In>, start: (subscriber: Subscriber<Out>) => Operation<In>): { log: unknown[]; unsubscribe: () => void } {
  const log: unknown[] = []
  const subscription = source.pipe(operate(start)).subscribe({ next: (value) => log.push(value), error: (error) => log.push(['error', error]), complete: () => log.push('complete') })
  return { log, unsubscribe: () => subscription.unsubscribe() }
}

describe('operate', () => {
  operatorSuite<number, number>({ operator: () => operate(doubled), inputs: () => [1, 2, 3, 4], outputs: [undefined, 4, undefined, 8] })

  it('ends with what next throws, and lets even a source go that emits while it is being subscribed to', () => {
    let pulled = 0
    function* endless(): Generator<number, void, void> {
      for (;;) yield ++pulled
    }
    const failure = new Error('three')
    const { log } = logOf<number, number>(from(endless()), (subscriber) => ({
      next(value) {
        if (value === 3) throw failure
        subscriber.next(value)
      },
    }))
    expect(log).toEqual([1, 2, ['error', failure]])
    expect(pulled).toBe(3)
  })

  it('ends with what complete or error throws', () => {
    const failure = new Error('at the end')
    const fail = (): never => {
      throw failure
    }
    expect(logOf(of(1), () => ({ next: () => {}, complete: fail })).log).toEqual([['error', failure]])
    expect(logOf(throwError(() => 'first'), () => ({ next: () => {}, error: fail })).log).toEqual([['error', failure]])
  })

  it('ends with what start throws, without subscribing', () => {
    const source = new Subject<number>()
    const failure = new Error('no start')
    const { log } = logOf(source, () => {
      throw failure
    })
    expect(log).toEqual([['error', failure]])
    expect(source.observed).toBe(false)
  })

  it('does not subscribe where the operation is over before it begins', () => {
    let subscribed = false
    const source = defer(() => {
      subscribed = true
      return NEVER
    })
    const { log } = logOf<number, number>(source, (subscriber) => {
      subscriber.complete()
      return { next: () => {} }
    })
    expect([log, subscribed]).toEqual([['complete'], false])
  })

  it('lets the operation hold the end back', () => {
    let finish = (): void => {}
    const { log } = logOf<number, string>(of(1), (subscriber) => ({
      next: () => {},
      complete: () => {
        finish = () => {
          subscriber.next('late')
          subscriber.complete()
        }
      },
    }))
    expect(log).toEqual([])
    finish()
    expect(log).toEqual(['late', 'complete'])
  })

  it.each([
    ['it completes', of(1)],
    ['it fails', throwError(() => 'broken')],
    ['it is unsubscribed', NEVER],
  ])('stops once, however it is over: %s', (_, source) => {
    let stopped = 0
    const { unsubscribe } = logOf<unknown, never>(source, () => ({ next: () => {}, stop: () => void stopped++ }))
    unsubscribe()
    unsubscribe()
    expect(stopped).toBe(1)
  })
})
