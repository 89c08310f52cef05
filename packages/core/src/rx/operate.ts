import { Observable, type OperatorFunction, type Subscriber } from 'rxjs'

/** What an operator does with each value; `complete` may hold the end back, `stop` runs when the stream is over. */
export interface Operation<In> {
  next(value: In): void
  complete?(): void
  stop?(): void
}

/** An operator from a function called once a subscription. What `next` throws ends the stream as an error. */
export function operate<In, Out>(start: (subscriber: Subscriber<Out>) => Operation<In>): OperatorFunction<In, Out> {
  return (source) =>
    new Observable<Out>((subscriber) => {
      const operation = start(subscriber)
      const subscription = source.subscribe({
        next(value) {
          try {
            operation.next(value)
          } catch (error) {
            subscriber.error(error)
            subscription?.unsubscribe()
          }
        },
        error: (error) => subscriber.error(error),
        complete: () => (operation.complete === undefined ? subscriber.complete() : operation.complete()),
      })
      return () => {
        subscription.unsubscribe()
        operation.stop?.()
      }
    })
}
