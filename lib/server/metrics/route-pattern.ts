import "server-only";

/** The pattern behind an address, such as `/api/files/[id]`: a label of few values. What is neither a parameter nor a plain
 *  word stays out. Pure. */
export function routePattern(
  pathname: string,
  params: Readonly<Record<string, string | string[] | undefined>>,
): string {
  const named = Object.entries(params);
  const segments = pathname.split("/").map((segment) => {
    if (segment === "") return "";
    const text = decoded(segment);
    const name = named.find(([, value]) => value === text || value === segment)?.[0];
    if (name !== undefined) return `[${name}]`;
    return /^[a-z][a-z-]{0,30}$/.test(segment) ? segment : "[other]";
  });
  return segments.join("/");
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
