import createNextIntlPlugin from "next-intl/plugin";

const withNextIntl = createNextIntlPlugin("./lib/server/i18n/request.ts");

/** @type {import("next").NextConfig} */
const nextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  devIndicators: false,
  // The security headers of every answer are set in proxy.ts, next to the nonce that they share.
  serverExternalPackages: ["pg", "pg-boss", "pino"],
};

export default withNextIntl(nextConfig);
