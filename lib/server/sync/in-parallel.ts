/** Runs `work` over all items, at most `limit` at a time. The first failure stops new starts, waits for those under
 *  way, and is thrown. */
export async function inParallel<T>(
  limit: number,
  items: readonly T[],
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = items.values();
  let failure: { error: unknown } | null = null;
  async function lane(): Promise<void> {
    for (const item of queue) {
      if (failure !== null) return;
      try {
        await work(item);
      } catch (error) {
        failure ??= { error };
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, lane));
  const failed = failure as { error: unknown } | null;
  if (failed !== null) throw failed.error;
}
