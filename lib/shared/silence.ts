/** Things that happened without a notification, before it looks as if nobody tells us any more. */
const FOUND_BEFORE_ALARM = 3;
/** What came this lately is no silence, whatever was missed. */
const QUIET_MS = 15 * 60_000;

/** Does a topic look switched off? Mercado Libre does so without a word when a receiver was slow or failed, and files
 *  nothing as missed (notifications.md 4, 7): the only sign is that things are found which nobody told of, while no
 *  notification comes at all. Pure. @param foundAt when each of them was found */
export function isSilent(o: { foundAt: readonly Date[]; lastNoticeAt: Date | null; now: Date }): boolean {
  const { lastNoticeAt } = o;
  if (lastNoticeAt !== null && o.now.getTime() - lastNoticeAt.getTime() < QUIET_MS) return false;
  const since = o.foundAt.filter((at) => lastNoticeAt === null || at > lastNoticeAt);
  return since.length >= FOUND_BEFORE_ALARM;
}
