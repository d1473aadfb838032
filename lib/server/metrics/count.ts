import "server-only";

/** Sums of this process that are not in the database yet, by series. On the global object, because Next loads a module once
 *  per bundle. */
const shared = globalThis as typeof globalThis & { buzonCounts?: Map<string, Added> };

/** So much more of one series. `labels` is the text between the braces: `topic="messages",result="new"`. */
export interface Added {
  name: string;
  labels: string;
  by: number;
}

/** Adds to a total that the whole installation keeps (Prometheus: `buzon_<name>_total`). Costs no I/O: the process's flusher
 *  writes the sums every two seconds. Labels come from closed sets (topic, result, state), never an id or a person's word.
 *  Never throws. */
export function count(name: string, labels: Record<string, string> = {}, by = 1): void {
  const text = labelText(labels);
  add({ name, labels: text, by });
}

/** Takes what was counted since the last time, in the order of name and labels. */
export function takeCounts(): Added[] {
  const taken = [...waiting().values()];
  waiting().clear();
  return taken.sort((a, b) => order(a.name, b.name) || order(a.labels, b.labels));
}

/** Puts back what could not be written. */
export function giveBack(added: readonly Added[]): void {
  for (const one of added) add(one);
}

/** Labels as Prometheus writes them, in the order of their names. Pure. */
export function labelText(labels: Record<string, string>): string {
  return Object.entries(labels)
    .sort(([a], [b]) => order(a, b))
    .map(([key, value]) => `${key}="${escaped(value)}"`)
    .join(",");
}

function escaped(value: string): string {
  return value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}

function order(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function waiting(): Map<string, Added> {
  shared.buzonCounts ??= new Map();
  return shared.buzonCounts;
}

function add({ name, labels, by }: Added): void {
  const key = `${name}{${labels}`;
  const held = waiting().get(key);
  if (held === undefined) waiting().set(key, { name, labels, by });
  else held.by += by;
}
