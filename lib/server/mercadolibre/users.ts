import "server-only";
import { z } from "zod";
import { AppError } from "@/lib/shared/errors";
import { readContext } from "./context-read";
import { createMeli, type Meli } from "./http";
import { COMMON } from "./paths";
import { ids, list, part, requiredNumber, site, text, word } from "./wire";

/** Who granted access (auth-and-limits.md 5). `siteId` is `CBT` for Global Selling. */
export interface Owner {
  id: string;
  nickname: string;
  siteId: string;
  countryId: string | null;
  firstName: string | null;
  tags: string[];
  userType: string | null;
}

export interface MarketplaceUser {
  userId: string;
  siteId: string;
  logisticType: string | null;
}

const owner = z
  .object({
    id: requiredNumber,
    nickname: text,
    site_id: site,
    country_id: text,
    first_name: text,
    tags: ids,
    user_type: text,
  })
  .transform((user, context): Owner => {
    if (user.site_id === null) {
      context.issues.push({ code: "custom", message: "site_id is missing", input: null });
      return z.NEVER;
    }
    return {
      id: user.id,
      nickname: user.nickname ?? user.id,
      siteId: user.site_id,
      countryId: user.country_id,
      firstName: user.first_name,
      tags: user.tags,
      userType: user.user_type,
    };
  });

/**
 * Whose token is this? For sign-in, before there is an account: outside the budget, tried a few times.
 * @throws MeliError meli_down, meli_unreadable, ...; AppError account_disconnected when the token is refused.
 */
export function whoAmI(app: { apiUrl: string; fetch?: typeof fetch }, accessToken: string): Promise<Owner> {
  const silent = () => {};
  const meli = createMeli({
    apiUrl: app.apiUrl,
    profile: "LOCAL",
    accountId: "",
    lane: "open",
    budget: { take: async () => {}, pushBack: async () => {} },
    tokens: {
      access: async () => accessToken,
      renew: async () => {
        throw new AppError("account_disconnected", "a token fresh from sign-in was refused");
      },
    },
    calls: { record: silent },
    logger: { warn: silent, info: silent, debug: silent },
    ...(app.fetch === undefined ? {} : { fetch: app.fetch }),
  });
  return meli.wire.read(COMMON.me(), owner, { tries: 3 });
}

const marketplaces = z.object({
  marketplaces: list(
    z.object({ user_id: requiredNumber, site_id: site, logistic_type: word }).transform((user) => ({
      userId: user.user_id,
      siteId: user.site_id ?? "",
      logisticType: user.logistic_type,
    })),
  ),
});

/** The local accounts of a Global Selling user, one or more per country. @throws MeliError */
export async function marketplaceUsers(meli: Meli, cbtUserId: string): Promise<MarketplaceUser[]> {
  const body = await meli.wire.read(COMMON.marketplaces(cbtUserId), marketplaces);
  return body.marketplaces.filter((user) => user.siteId !== "" && user.siteId !== "CBT");
}

const publicView = z
  .object({ id: requiredNumber, nickname: text, address: part(z.object({ city: text, state: text })) })
  .transform((user) => ({
    id: user.id,
    nickname: user.nickname,
    city: user.address.city,
    state: user.address.state,
  }));

/** What anyone may see of a user; null when it is gone or hidden. 206 is usable (questions-and-contacts.md 5.5). @throws MeliError */
export async function publicUser(
  meli: Meli,
  userId: string,
): Promise<{ id: string; nickname: string | null; city: string | null; state: string | null } | null> {
  return await readContext(meli, [COMMON.user(userId)], publicView);
}
