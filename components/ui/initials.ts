/** Up to two letters for a nickname such as `TIENDA_SUR` -> `TS`, `marina` -> `MA`. */
export function initialsOf(name: string): string {
  const words = name.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== "");
  const [first = "?", second] = words;
  const letters = second === undefined ? [...first].slice(0, 2) : [[...first][0] ?? "", [...second][0] ?? ""];
  return letters.join("").toUpperCase();
}
