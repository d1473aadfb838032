import { queryOptions } from "@tanstack/react-query";
import { keys, type ThreadRef, type Viewer } from "@/lib/client/keys";
import { getBlockedBuyers, getResponseTimes, getWhy } from "@/lib/client/question-calls";

/** A reason does not change; `ref` names the question, with its account. */
export const whyOptions = (viewer: Viewer, ref: ThreadRef) =>
  queryOptions({
    queryKey: [...keys.user(viewer), "why", ref.account ?? "current", ref.externalId],
    queryFn: ({ signal }) => getWhy(ref, signal),
    staleTime: 10 * 60_000,
    retry: false,
    refetchOnWindowFocus: false,
  });

/** Of all the user's accounts. It may have changed at Mercado Libre: asked anew each time that it is looked at. */
export const blockedBuyersOptions = (viewer: Viewer) =>
  queryOptions({
    queryKey: [...keys.user(viewer), "blocked-buyers"],
    queryFn: ({ signal }) => getBlockedBuyers(signal),
    staleTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
  });

/** Mercado Libre counts once a day (questions-and-contacts.md 1.5). */
export const responseTimesOptions = (viewer: Viewer) =>
  queryOptions({
    queryKey: [...keys.user(viewer), "response-times"],
    queryFn: ({ signal }) => getResponseTimes(signal),
    staleTime: 30 * 60_000,
    retry: false,
    refetchOnWindowFocus: false,
  });
