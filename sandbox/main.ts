import { createSandbox } from "@/sandbox/create-sandbox";

const { SANDBOX_PORT = "4000", SANDBOX_SCENARIO = "shops" } = process.env;
const { SANDBOX_REDIRECT_URIS, SANDBOX_CLIENT_ID, SANDBOX_CLIENT_SECRET, SANDBOX_GRANTS_FILE } = process.env;
const { SANDBOX_CALLBACK_URL } = process.env;
const port = Number(SANDBOX_PORT);
if (!Number.isInteger(port) || port < 0 || port > 65_535) {
  console.error(`SANDBOX_PORT must be a port number, not "${SANDBOX_PORT}"`);
  process.exit(1);
}
if (SANDBOX_SCENARIO !== "shops" && SANDBOX_SCENARIO !== "empty") {
  console.error(`SANDBOX_SCENARIO must be shops or empty, not "${SANDBOX_SCENARIO}"`);
  process.exit(1);
}

if (SANDBOX_CALLBACK_URL && !/^https?:\/\/\S+$/.test(SANDBOX_CALLBACK_URL)) {
  console.error(`SANDBOX_CALLBACK_URL must be an address, not "${SANDBOX_CALLBACK_URL}"`);
  process.exit(1);
}

const sandbox = createSandbox({
  scenario: SANDBOX_SCENARIO,
  ...(SANDBOX_GRANTS_FILE ? { grantsFile: SANDBOX_GRANTS_FILE } : {}),
  ...(SANDBOX_CALLBACK_URL ? { callbackUrl: SANDBOX_CALLBACK_URL } : {}),
  ...(SANDBOX_CLIENT_ID ? { clientId: SANDBOX_CLIENT_ID } : {}),
  ...(SANDBOX_CLIENT_SECRET ? { clientSecret: SANDBOX_CLIENT_SECRET } : {}),
  ...(SANDBOX_REDIRECT_URIS
    ? { redirectUris: SANDBOX_REDIRECT_URIS.split(",").map((uri) => uri.trim()) }
    : {}),
});

const server = await sandbox.listen({ port }).catch((error: Error) => {
  console.error(`The sandbox cannot listen on port ${port}: ${error.message}`);
  process.exit(1);
});
console.log(`Mercado Libre sandbox: ${server.url}`);

for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.once(signal, () => {
    void server.close().then(() => process.exit(0));
  });
}
