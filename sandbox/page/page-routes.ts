import { readFileSync } from "node:fs";
import { Hono } from "hono";

const HEADERS = {
  "cache-control": "no-store",
  "content-security-policy": "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

/** The page at `/` where a person plays the buyer: one document with its styles and scripts. */
export function pageRoutes(): Hono {
  const app = new Hono();
  const serve = (path: string, name: string, type: string) => {
    app.get(path, (c) =>
      c.body(readFileSync(new URL(name, import.meta.url), "utf8"), 200, { ...HEADERS, "content-type": type }),
    );
  };
  serve("/", "./buyer.html", "text/html; charset=utf-8");
  serve("/page/buyer.css", "./buyer.css", "text/css; charset=utf-8");
  serve("/page/choices.js", "./choices.js", "text/javascript; charset=utf-8");
  serve("/page/claims.js", "./claims.js", "text/javascript; charset=utf-8");
  serve("/page/questions.js", "./questions.js", "text/javascript; charset=utf-8");
  serve("/page/dom.js", "./dom.js", "text/javascript; charset=utf-8");
  serve("/page/controls.css", "./controls.css", "text/css; charset=utf-8");
  serve("/page/buyer.js", "./buyer.js", "text/javascript; charset=utf-8");
  serve("/page/troubles.js", "./troubles.js", "text/javascript; charset=utf-8");
  serve("/page/notifications.js", "./notifications.js", "text/javascript; charset=utf-8");
  app.get("/favicon.ico", (c) => c.body(null, 204));
  return app;
}
