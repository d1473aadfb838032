/** The process is up. Says nothing of the database: that is `/api/ready`. */
export function GET(): Response {
  return Response.json({ ok: true }, { headers: { "cache-control": "no-store" } });
}
