"use client";

import { CrashScreen } from "@/components/status/crash-screen";

export default function ErrorPage({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  return <CrashScreen code={error.digest ?? null} onRetry={reset} />;
}
