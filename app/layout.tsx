import type { Metadata, Viewport } from "next";
import { NextIntlClientProvider } from "next-intl";
import { getLocale } from "next-intl/server";
import type { ReactNode } from "react";
import { InlineScript } from "@/components/shell/inline-script";
import { WHOLE_PAGE } from "@/lib/client/whole-page";
import { currentSession } from "@/lib/server/accounts/current-session";
import { LANGUAGE_TAGS } from "@/lib/shared/words/locale";
import { WORDS } from "@/lib/shared/words/words";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Buzón", template: "%s · Buzón" },
  applicationName: "Buzón",
  manifest: "/manifest.webmanifest",
  robots: { index: false, follow: false },
  formatDetection: { telephone: false },
};

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  viewportFit: "cover",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f6f5f2" },
    { media: "(prefers-color-scheme: dark)", color: "#121211" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [session, locale] = await Promise.all([currentSession(), getLocale()]);
  const theme = session?.settings.theme ?? "system";
  const { errors } = WORDS[locale];
  return (
    <html lang={LANGUAGE_TAGS[locale]} data-theme={theme === "system" ? undefined : theme}>
      <head>
        <InlineScript code={WHOLE_PAGE} />
      </head>
      <body className="bg-bg font-sans text-ink">
        <NextIntlClientProvider messages={{ errors }}>{children}</NextIntlClientProvider>
      </body>
    </html>
  );
}
