// A process that asks the vault for tokens, for vault-processes.server.test.ts:
//   node --conditions=react-server --import tsx scripts/testing/vault-process.ts <account id> <how many at once>
// says "ready", waits for a line, asks, and prints a digest of every token it got.
import { createHash } from "node:crypto";
import { once } from "node:events";
import { env } from "@/lib/server/env";
import { createRuntime } from "@/lib/server/runtime";
import { accountId } from "@/lib/shared/ids";

const [account = "", times = "1"] = process.argv.slice(2);
const rt = createRuntime(env(), "worker");
// It ends with whoever started it.
process.stdin.on("close", () => process.exit(0));
console.log("ready");
await once(process.stdin, "data");
const tokens = await Promise.all(
  Array.from({ length: Number(times) }, () => rt.vault.access(accountId(account))),
);
console.log(tokens.map((token) => createHash("sha256").update(token).digest("hex")).join(" "));
process.exit(0);
