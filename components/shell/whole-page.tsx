import { headers } from "next/headers";
import { WHOLE_PAGE } from "@/lib/client/whole-page";

/** Has a page loaded again that did not arrive whole. A browser runs it once the style sheets before it
 *  have come (docs/decisions/058). */
export async function WholePage() {
  const nonce = (await headers()).get("x-nonce") ?? undefined;
  // A browser hides the nonce from scripts: what it is hydrated with never looks like what was sent.
  return (
    <script nonce={nonce} suppressHydrationWarning>
      {WHOLE_PAGE}
    </script>
  );
}
