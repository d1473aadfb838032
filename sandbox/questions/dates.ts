const OFFSET_MS = 4 * 3_600_000;

/** As the search prints it: milliseconds and -04:00 (questions-and-contacts.md 1.2). */
export function searchDate(date: Date): string {
  return `${new Date(date.getTime() - OFFSET_MS).toISOString().slice(0, -1)}-04:00`;
}

/** As by id: `Z` with up to nine fractional digits, here three to nine, always the same ones for the same question
 *  (questions-and-contacts.md 1.2). */
export function byIdDate(date: Date, questionId: string): string {
  const places = Number(questionId.slice(-1)) % 7;
  return `${date.toISOString().slice(0, -1)}${questionId.slice(2, 2 + places)}Z`;
}

/** `-0400`, without the colon, as infractions print it (questions-and-contacts.md 1.6). */
export function infractionDate(date: Date): string {
  return searchDate(date).replace("-04:00", "-0400");
}
