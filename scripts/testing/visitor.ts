import type { House, SignedIn } from "./house";

/** A browser without a screen: keeps cookies, follows nothing by itself. */
export interface Visitor {
  /** The cookies it holds now, as it would send them. */
  cookie(): string;
  get(path: string): Promise<Response>;
  /** Presses the sign-in button and returns Mercado Libre's address. `query` as `site=MLA&connect=1`. */
  leave(query?: string): Promise<URL>;
  /** Decides on Mercado Libre's page and returns the address it sends the browser back to. */
  decide(asked: URL, decision: "allow" | "cancel", sellerId: string): Promise<URL>;
  /** Goes there and returns where our answer leads, as a path. */
  comeBack(address: URL): Promise<string>;
  /** All of it: signs in, or connects an account when `query` says so. */
  consent(sellerId: string, query?: string): Promise<string>;
}

/** A new browser, or one that holds a session already. */
export function createVisitor(house: House, as?: SignedIn): Visitor {
  const jar = new Map<string, string>();
  for (const pair of as?.cookie.split("; ") ?? []) keep(pair);

  function keep(pair: string): void {
    const at = pair.indexOf("=");
    const [name, value] = [pair.slice(0, at), pair.slice(at + 1)];
    if (value === "") jar.delete(name);
    else jar.set(name, value);
  }

  const cookie = () => [...jar].map(([name, value]) => `${name}=${value}`).join("; ");

  async function send(path: string, form?: Record<string, string>): Promise<Response> {
    const response = await house.call(path, {
      headers: {
        cookie: cookie(),
        ...(form === undefined ? {} : { "content-type": "application/x-www-form-urlencoded" }),
      },
      ...(form === undefined
        ? {}
        : { method: "POST", body: new TextEncoder().encode(new URLSearchParams(form).toString()) }),
    });
    for (const set of response.headers.getSetCookie()) {
      const isExpired = /max-age=0/i.test(set) || /expires=thu, 01 jan 1970/i.test(set);
      const pair = set.split(";")[0] ?? "";
      keep(isExpired ? `${pair.split("=")[0]}=` : pair);
    }
    return response;
  }

  async function leave(query = "site=MLA"): Promise<URL> {
    const { csrfToken } = await (await send("/api/auth/csrf")).json();
    const answer = await send(`/api/auth/signin/mercadolibre?${query}`, { csrfToken, callbackUrl: "/inbox" });
    return new URL(answer.headers.get("location") ?? "");
  }

  async function decide(asked: URL, decision: "allow" | "cancel", sellerId: string): Promise<URL> {
    const answer = await fetch(`${asked.origin}${asked.pathname}`, {
      method: "POST",
      redirect: "manual",
      body: new URLSearchParams({ request: asked.search.slice(1), decision, seller_id: sellerId }),
    });
    return new URL(answer.headers.get("location") ?? "");
  }

  async function comeBack(address: URL): Promise<string> {
    const answer = await send(address.pathname + address.search);
    const target = new URL(answer.headers.get("location") ?? "", house.rt.env.appUrl);
    return target.href.replace(house.rt.env.appUrl, "");
  }

  return {
    cookie,
    get: (path) => send(path),
    leave,
    decide,
    comeBack,
    consent: async (sellerId, query) => comeBack(await decide(await leave(query), "allow", sellerId)),
  };
}
