/**
 * Waits for something that has to come within a time, and stops waiting when it is interrupted.
 *
 * @param milliseconds how long it may take
 * @param missing what is told if it does not come
 * @throws {Error} with that text; the reason of the signal
 */
export async function within<T>(
  work: Promise<T>,
  milliseconds: number,
  missing: string,
  signal: AbortSignal,
): Promise<T> {
  // It may fail when nobody waits for it any more.
  work.catch(() => undefined);
  const { promise: end, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`${missing} within ${milliseconds / 1000} s`)), milliseconds);
  const interrupt = (): void => reject(signal.reason);
  signal.addEventListener('abort', interrupt);
  try {
    signal.throwIfAborted();
    return await Promise.race([work, end]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', interrupt);
  }
}
