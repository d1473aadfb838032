import { headers } from "next/headers";

/** Runs some lines of plain JavaScript as soon as a browser meets them: once the style sheets before them have come, and
 *  before any other script of the page. Only in a page that is loaded; React draws it without running it. */
export async function InlineScript({ code }: { code: string }) {
  const nonce = (await headers()).get("x-nonce") ?? undefined;
  // A browser hides the nonce from scripts: what it is hydrated with never looks like what was sent.
  return (
    <script nonce={nonce} suppressHydrationWarning>
      {code}
    </script>
  );
}
