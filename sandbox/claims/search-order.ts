import type { Claim } from "@/sandbox/claims/model";
import { searchRefusal } from "@/sandbox/claims/refuse";
import type { World } from "@/sandbox/world/world";

/** claims.md 4.1: dates must carry milliseconds and an offset. */
const DATE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(Z|[+-]\d\d:?\d\d)$/;

type Field = "date_created" | "last_updated";

/** `field:after:DATE,before:DATE`, one of the two ends may be missing (claims.md 4.1). @throws Refusal 400 */
export function rangeOf(text: string | undefined): (claim: Claim) => boolean {
  if (text === undefined) return () => true;
  const bad = () => searchRefusal("invalid_params", `Invalid parameters. range: ${text}`);
  const [, field, rest = ""] = /^(date_created|last_updated):(.+)$/.exec(text) ?? [];
  if (!isField(field)) throw bad();
  let from = Number.NEGATIVE_INFINITY;
  let to = Number.POSITIVE_INFINITY;
  for (const part of rest.split(",")) {
    const [, end, date = ""] = /^(after|before):(.+)$/.exec(part) ?? [];
    // an unescaped `+` arrives as a space, and is no date
    if (!end || !DATE.test(date)) throw bad();
    const at = new Date(date.replace(/([+-]\d\d)(\d\d)$/, "$1:$2")).getTime();
    if (Number.isNaN(at)) throw bad();
    if (end === "after") from = at;
    else to = at;
  }
  return (claim) => {
    const at = atOf(claim, field);
    return at >= from && at <= to;
  };
}

/** `field:asc` or `field:desc`; newest first when nothing is said. @throws Refusal 400 */
export function sortOf(
  world: World,
  text: string | undefined,
  hasRange: boolean,
): (a: Claim, b: Claim) => number {
  const [, field = "date_created", way = "desc"] = text === undefined ? [] : (readSort(text) ?? []);
  if (!isField(field)) throw searchRefusal("invalid_query", `Invalid sort: ${text}`);
  // claims.md 11: refused in 28 of 28 calls
  const isRefused = world.settings.claimSortWithRange === "refused" && hasRange;
  if (isRefused && field === "last_updated" && way === "asc") {
    throw searchRefusal("invalid_query", "Invalid sort: last_updated:asc");
  }
  const sign = way === "asc" ? 1 : -1;
  return (a, b) => sign * (atOf(a, field) - atOf(b, field)) || sign * (Number(a.id) - Number(b.id));
}

/** `date_asc` and `date_desc` stand in the GLOBAL table (claims.md 4.1). */
function readSort(text: string): (string | undefined)[] {
  const plain = /^date_(asc|desc)$/.exec(text);
  if (plain) return [text, "date_created", plain[1]];
  return /^(date_created|last_updated):(asc|desc)$/.exec(text) ?? [text, "", ""];
}

function isField(text: string | undefined): text is Field {
  return text === "date_created" || text === "last_updated";
}

function atOf(claim: Claim, field: Field): number {
  return (field === "date_created" ? claim.createdAt : claim.updatedAt).getTime();
}
