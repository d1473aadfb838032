import type { House } from "@/scripts/testing/house";
import { runInterleavings } from "@/scripts/testing/interleavings";
import { type Check, check, told } from "./report";

/** Generated interleavings of everybody who may answer a buyer: no buyer may be answered twice. */
export async function soakInterleavings(house: House, o: { count: number; seed: number }): Promise<Check[]> {
  const { interleavings, sent, held, doubles } = await runInterleavings(house, o);
  for (const { what, plan } of doubles.slice(0, 5)) console.log(`  ${what}: ${JSON.stringify(plan)}`);
  return [
    told("seed", o.seed),
    check("interleavings", `>= ${o.count}`, interleavings, interleavings >= o.count),
    told("replies sent, and held back", `${sent} and ${held}`),
    check("double answers", "0", doubles.length, doubles.length === 0),
  ];
}
