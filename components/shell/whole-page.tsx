import { headers } from "next/headers";
import { WHOLE_PAGE } from "@/lib/client/whole-page";

/** Has a page loaded again that did not arrive whole. Stands in its head: before it nothing can have failed. */
export async function WholePage() {
  const nonce = (await headers()).get("x-nonce") ?? undefined;
  // A browser hides the nonce from scripts: what it is hydrated with never looks like what was sent.
  return (
    <script nonce={nonce} suppressHydrationWarning>
      {WHOLE_PAGE}
    </script>
  );
}
