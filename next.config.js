import createNextIntlPlugin from "next-intl/plugin";

const withNextIntl = createNextIntlPlugin({
  requestConfig: "./lib/server/i18n/request.ts",
  experimental: {
    // Words are compiled at build time: the browser formats them without carrying the ICU parser.
    messages: { path: "./lib/shared/words", format: "json", locales: ["es", "pt", "en"], precompile: true },
  },
});

// What every answer carries. The policy with the nonce of a page, and HSTS, are set in proxy.ts: they depend on the
// request and on APP_URL.
const everywhere = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "Referrer-Policy", value: "same-origin" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
  {
    key: "Permissions-Policy",
    value: "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
  },
];

// Paths that proxy.ts passes by: a page that says "not found" there may load nothing.
const unproxied = ["/icons/:path+", "/_next/static/:path+", "/favicon.ico"];
const nothing = {
  key: "Content-Security-Policy",
  value: "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
};

// The worker that reads PDFs of strangers: it can ask nobody for anything and run nothing but itself, and WebAssembly for
// the pictures of scanners, which the page hands it (docs/decisions/045).
const pdfReader = {
  key: "Content-Security-Policy",
  value: "default-src 'none'; script-src 'wasm-unsafe-eval'; frame-ancestors 'none'; base-uri 'none'",
};

// The service worker: asked for anew at every check, and it may only talk to us (docs/decisions/036). Chromium also holds
// the icon of a notification to its policy.
const serviceWorker = [
  {
    key: "Content-Security-Policy",
    value: "default-src 'none'; connect-src 'self'; img-src 'self'; frame-ancestors 'none'; base-uri 'none'",
  },
  { key: "Cache-Control", value: "no-cache" },
];

/** @type {import("next").NextConfig} */
const nextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  devIndicators: false,
  // Types are a tier of `npm test`; a build need not check them again.
  typescript: { ignoreBuildErrors: true },
  // The browser gets the part of zod/mini that our contract uses, and nothing else (docs/decisions/023).
  turbopack: { resolveAlias: { "zod/mini": { browser: "./lib/client/zod-mini.js" } } },
  serverExternalPackages: ["pg", "pg-boss", "pino", "prom-client"],
  headers: async () => [
    { source: "/:path*", headers: everywhere },
    ...unproxied.map((source) => ({ source, headers: [nothing] })),
    { source: "/_next/static/media/pdf.worker.:rest*", headers: [pdfReader] },
    { source: "/sw.js", headers: serviceWorker },
    {
      source: "/api/:path*",
      headers: [
        {
          key: "Content-Security-Policy",
          // Sandboxed, because among our answers are files of strangers: a handler's own policy would be replaced by this.
          value: "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; sandbox",
        },
      ],
    },
  ],
};

export default withNextIntl(nextConfig);
