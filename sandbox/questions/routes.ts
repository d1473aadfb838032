import { Hono } from "hono";
import type { Profile } from "@/sandbox/messages/refuse";
import { forbidden } from "@/sandbox/messages/refuse";
import { askQuestion, deleteQuestion, hideQuestions } from "@/sandbox/questions/acts";
import { postAnswer } from "@/sandbox/questions/answer";
import { blockRoutes } from "@/sandbox/questions/block-routes";
import { ownQuestion, ownUsers } from "@/sandbox/questions/find-question";
import { infractionRoutes } from "@/sandbox/questions/infraction-routes";
import { responseTime } from "@/sandbox/questions/response-time";
import { searchQuestions } from "@/sandbox/questions/search";
import { wireQuestion } from "@/sandbox/questions/wire";
import type { ApiEnv } from "@/sandbox/world/guard";
import { guard } from "@/sandbox/world/guard";
import { standard } from "@/sandbox/world/refusal";
import type { World } from "@/sandbox/world/world";

/** Everything of questions-and-contacts.md 1 and 3. It goes before the users' routes, whose addresses it continues. */
export function questionsService(world: World): Hono<ApiEnv> {
  const app = new Hono<ApiEnv>();
  const guarded = guard(world, "questions");
  for (const path of [
    "/questions/*",
    "/answers",
    "/my/*",
    "/marketplace/questions/*",
    "/marketplace/answers",
    "/users/:id/questions/response_time",
    "/users/:id/questions_blacklist/*",
    "/block-api/*",
    "/moderations/*",
  ]) {
    app.use(path, guarded);
  }
  profileRoutes(world, app, "LOCAL");
  profileRoutes(world, app, "GLOBAL");

  app.get("/my/received_questions/search", (c) => {
    if (c.var.seller.siteId === "CBT") throw forbidden();
    return c.json(searchQuestions(world, c, { profile: "LOCAL", isReceived: true }));
  });
  app.post("/my/questions/hidden", async (c) => {
    const ids = await hideQuestions(world, c);
    const { questionHiddenStatus } = world.settings;
    return questionHiddenStatus === 204 ? c.body(null, 204) : c.json({ question_ids: ids.map(Number) }, 200);
  });
  app.get("/users/:id/questions/response_time", (c) => {
    const id = c.req.param("id");
    const isNamed = ownUsers(world, c, id);
    const own = (world.questionsOf.get(c.var.seller.id) ?? []).filter((one) => isNamed(one.localSellerId));
    const time = responseTime(world, id, own);
    if (!time) throw standard(404, "not_found", `Response time not found for user id: ${id}`);
    return c.json(time);
  });
  app.route("/", blockRoutes(world));
  app.route("/", infractionRoutes(world));
  return app;
}

/** Search, one question, answering and deleting; only one country is asked on here (questions-and-contacts.md 1, 3). */
function profileRoutes(world: World, app: Hono<ApiEnv>, profile: Profile): void {
  const base = profile === "GLOBAL" ? "/marketplace" : "";
  for (const path of [`${base}/questions/*`, `${base}/answers`]) {
    app.use(path, async (c, next) => {
      // questions-and-contacts.md 3: the other profile's addresses, and "Model 6" sellers
      const isGlobal = c.var.seller.siteId === "CBT";
      if (isGlobal !== (profile === "GLOBAL") || (isGlobal && c.var.seller.isModel6)) throw forbidden();
      await next();
    });
  }
  app.get(`${base}/questions/search`, (c) =>
    c.json(searchQuestions(world, c, { profile, isReceived: false })),
  );
  app.get(`${base}/questions/:id`, (c) => {
    const question = ownQuestion(world, c, c.req.param("id"));
    const isOld = profile === "LOCAL" && c.req.query("api_version") !== "4";
    const shape = isOld ? "old" : "by_id";
    return c.json(wireQuestion(world, question, { profile, shape }));
  });
  app.delete(`${base}/questions/:id`, (c) => {
    deleteQuestion(world, c, c.req.param("id"));
    return c.json(["Question deleted."]);
  });
  app.post(`${base}/answers`, (c) => postAnswer(world, c, profile));
  if (profile === "GLOBAL") return;
  app.post("/questions", async (c) => {
    const question = await askQuestion(world, c);
    return c.json(wireQuestion(world, question, { profile, shape: "search" }), 201);
  });
}
