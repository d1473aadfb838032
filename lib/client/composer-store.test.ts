import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ClaimRole } from "@/lib/shared/api/claim";
import type { FileView, GuideChoice, OutboxView, Seen, ThreadView } from "@/lib/shared/api/thread";
import { ATTACHMENT_RULES } from "@/lib/shared/attachment-rules";
import { ApiError } from "./api-error";
import { createComposerStore } from "./composer-store";
import type { LocalDraft } from "./draft-machine";
import type { Reply } from "./thread-calls";

const RULES = ATTACHMENT_RULES.LOCAL;
const stored = (id: string): FileView => ({ id, name: `${id}.pdf`, type: "application/pdf", size: 3 });
const picked = (name: string) => new File(["abc"], name);

const row = (reply: Reply, more: Partial<OutboxView> = {}): OutboxView => ({
  id: "row",
  key: reply.key,
  text: reply.text,
  files: [],
  state: "queued",
  reason: null,
  messageId: null,
  option: null,
  questionId: null,
  to: null,
  createdAt: new Date("2026-11-21T12:00:00Z"),
  canRetry: false,
  sendsAt: null,
  heldFor: [],
  ...more,
});

/** A conversation's composer before a server whose answers the test decides, one per call. */
function scene(
  draft: ThreadView["draft"] = { text: "", files: [], updatedAt: null },
  left: LocalDraft | null = null,
  outbox: OutboxView[] = [],
) {
  let local = left;
  const posts: Reply[] = [];
  const sent: OutboxView[] = [];
  let screen: Seen = { messages: ["m1"], replies: [] };
  const removed: string[] = [];
  let others = 0;
  let answer = async (reply: Reply): Promise<OutboxView> => row(reply);
  let upload = async (file: File): Promise<FileView> => stored(file.name);
  const store = createComposerStore(
    { draft, outbox },
    {
      save: async () => ({ updatedAt: new Date() }),
      keepLocal: (kept) => {
        local = kept;
      },
      dropLocal: () => {
        local = null;
      },
      readLocal: () => local,
      sniff: async (file) => (file.name.endsWith(".exe") ? null : "application/pdf"),
      toJpeg: async () => null,
      upload: (file) => upload(file),
      remove: (file) => void removed.push(file.id),
      seen: () => screen,
      post: (reply) => {
        posts.push(reply);
        return answer(reply);
      },
      onSent: (reply) => void sent.push(reply),
      onOther: () => {
        others += 1;
      },
      wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    },
  );
  return {
    store,
    posts,
    sent,
    removed,
    others: () => others,
    local: () => local,
    answerWith: (next: typeof answer) => {
      answer = next;
    },
    show: (seen: Seen) => {
      screen = seen;
    },
    uploadWith: (next: typeof upload) => {
      upload = next;
    },
    /** Presses Send and lets everything that follows happen. */
    async press(option?: GuideChoice, to?: ClaimRole) {
      const done = store.send(option, to);
      await vi.advanceTimersByTimeAsync(10_000);
      await done;
    },
  };
}

const OTHER = { optionId: "OTHER", templateId: null, vars: [] };
const VARIANTS = { optionId: "REQUEST_VARIANTS", templateId: "TEMPLATE___REQUEST_VARIANTS___1", vars: [] };

const fails = (code: "offline" | "conflict" | "refused_by_meli" | "invalid_input") => async () => {
  throw new ApiError(code);
};

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("send with a reason", () => {
  it("sends the field's text under it, and empties the field", async () => {
    const { store, posts, press } = scene();
    store.pick("OTHER");
    store.type("¿A qué hora te encuentro?");
    await press(OTHER);
    expect(posts).toMatchObject([{ text: "¿A qué hora te encuentro?", files: [], option: OTHER }]);
    expect(store.snapshot()).toMatchObject({ draft: { text: "" }, reason: null, problem: null });
  });

  it("takes nothing out of the field for a template, and saves what is there again", async () => {
    const { store, posts, press } = scene();
    store.type("Para después");
    await press(VARIANTS);
    expect(posts).toMatchObject([{ text: "", files: [], option: VARIANTS }]);
    expect(store.snapshot().draft).toMatchObject({ text: "Para después", saved: { text: "Para después" } });
  });

  it("shows which reason is on its way while the server is asked", async () => {
    const { store, answerWith } = scene();
    let release: () => void = () => undefined;
    answerWith((reply) => new Promise((resolve) => (release = () => resolve(row(reply)))));
    const done = store.send(VARIANTS);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(store.snapshot().pending).toMatchObject({ text: "", option: VARIANTS });
    release();
    await done;
  });

  it("does not leave with files, which no reason takes, and says so", async () => {
    const { store, posts, press } = scene();
    store.type("La factura");
    store.addFiles([picked("factura.pdf")], RULES);
    await press(OTHER);
    expect(posts).toEqual([]);
    expect(store.snapshot()).toMatchObject({ draft: { text: "La factura" }, problem: { kind: "no_files" } });
  });

  it("gives the text back when it is refused, and asks what the conversation is now", async () => {
    const { store, answerWith, press, others } = scene();
    answerWith(fails("refused_by_meli"));
    store.type("Hola");
    await press(OTHER);
    expect(store.snapshot()).toMatchObject({ draft: { text: "Hola" }, problem: { code: "refused_by_meli" } });
    expect(others()).toBe(1);
  });

  it("leaves the field as it is when a template is refused", async () => {
    const { store, answerWith, press } = scene();
    answerWith(fails("refused_by_meli"));
    store.type("Para después");
    await press(VARIANTS);
    expect(store.snapshot()).toMatchObject({ draft: { text: "Para después" }, pending: null });
  });

  it("picks the reason again that a message had which comes back into the field", () => {
    const { store } = scene();
    store.edit("La factura va aquí", [], { ...OTHER, optionId: "SEND_INVOICE_LINK" });
    expect(store.snapshot()).toMatchObject({
      draft: { text: "La factura va aquí" },
      reason: "SEND_INVOICE_LINK",
    });
  });
});

describe("send", () => {
  it("knows which replies left from here, so that undo takes back no other", async () => {
    const { store, posts, press } = scene();
    store.type("Sí, hay");
    await press();
    expect([store.hasSent(posts[0]?.key ?? ""), store.hasSent("a colleague's")]).toEqual([true, false]);
  });

  it("puts the text in the outbox and empties the field", async () => {
    const { store, posts, sent, press } = scene();
    store.type("  Sale hoy \n");
    await press();
    expect(posts.map(({ text }) => text)).toEqual(["Sale hoy"]);
    expect(sent).toHaveLength(1);
    expect(store.snapshot()).toMatchObject({ draft: { text: "" }, pending: null, problem: null });
  });

  it("shows the reply as pending, and the field empty, until the server has answered", async () => {
    const { store, answerWith } = scene();
    let release: () => void = () => undefined;
    answerWith(
      (reply) =>
        new Promise((resolve) => {
          release = () => resolve(row(reply));
        }),
    );
    store.type("Sale hoy");
    const done = store.send();
    await vi.advanceTimersByTimeAsync(3_000);
    expect(store.snapshot()).toMatchObject({ pending: { text: "Sale hoy" }, draft: { text: "" } });
    release();
    await done;
    expect(store.snapshot().pending).toBeNull();
  });

  it("sends once however often the button is pressed", async () => {
    const { store, posts, press } = scene();
    store.type("Sale hoy");
    void store.send();
    void store.send();
    await press();
    expect(posts).toHaveLength(1);
  });

  it("offers the same key again when no answer came, and gives the text back in the end", async () => {
    const { store, posts, answerWith, press } = scene();
    answerWith(fails("offline"));
    store.type("Sale hoy");
    await press();
    expect(posts).toHaveLength(4);
    expect(new Set(posts.map(({ key }) => key)).size).toBe(1);
    expect(store.snapshot()).toMatchObject({
      draft: { text: "Sale hoy" },
      pending: null,
      problem: { kind: "api", code: "offline" },
    });
  });

  it("stops saying that there is no network once it is back, and keeps the text", async () => {
    const { store, answerWith, press } = scene();
    answerWith(fails("offline"));
    store.type("Sale hoy");
    await press();
    store.online();
    expect(store.snapshot()).toMatchObject({ draft: { text: "Sale hoy" }, problem: null });
  });

  it("uses the unanswered key for the next press too: the first may have arrived", async () => {
    const { store, posts, answerWith, press } = scene();
    answerWith(fails("offline"));
    store.type("Sale hoy");
    await press();
    answerWith(async (reply) => row(reply));
    await press();
    expect(new Set(posts.map(({ key }) => key)).size).toBe(1);
    store.type("Otra cosa");
    await press();
    expect(new Set(posts.map(({ key }) => key)).size).toBe(2);
  });

  it("keeps the new words when an earlier version turns out to have arrived", async () => {
    const { store, answerWith, press, others } = scene();
    answerWith(fails("offline"));
    store.type("Sale hoy");
    await press();
    answerWith(fails("conflict"));
    store.type("Sale mañana");
    await press();
    expect(store.snapshot()).toMatchObject({
      draft: { text: "Sale mañana" },
      problem: { kind: "earlier_version" },
    });
    expect(others()).toBe(1);
  });

  it("empties the field when the outbox shows that the unanswered reply had arrived", async () => {
    const { store, posts, answerWith, press } = scene();
    answerWith(fails("offline"));
    store.type("Sale hoy");
    await press();
    const [reply] = posts;
    if (!reply) throw new Error("a reply was posted");
    store.offer({ draft: { text: "", files: [], updatedAt: null }, outbox: [row(reply)] });
    expect(store.snapshot()).toMatchObject({ draft: { text: "" }, problem: null });
  });

  it("asks what the conversation is now when Mercado Libre has closed it, and keeps the text", async () => {
    const { store, answerWith, press, others } = scene();
    answerWith(fails("refused_by_meli"));
    store.type("Sale hoy");
    await press();
    expect([store.snapshot().draft.text, others()]).toEqual(["Sale hoy", 1]);
  });

  it("keeps what was typed while the reply that failed was on its way", async () => {
    const { store, answerWith } = scene();
    answerWith(async () => {
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      throw new ApiError("invalid_input");
    });
    store.type("Primero");
    const done = store.send();
    await vi.advanceTimersByTimeAsync(0);
    store.type("Segundo");
    await vi.advanceTimersByTimeAsync(5_000);
    await done;
    expect(store.snapshot().draft.text).toBe("Primero\n\nSegundo");
  });
});

describe("files", () => {
  it("wait for each other: Send goes out once all are uploaded", async () => {
    const { show, store, posts, uploadWith } = scene();
    let arrive: () => void = () => undefined;
    uploadWith(
      (file) =>
        new Promise((resolve) => {
          arrive = () => resolve(stored(file.name));
        }),
    );
    store.addFiles([picked("a.pdf")], RULES);
    store.type("Va la factura");
    const done = store.send();
    // What comes while the files are still on their way was not seen at the press.
    show({ messages: ["m1", "m2"], replies: [] });
    await vi.advanceTimersByTimeAsync(3_000);
    expect([posts.length, store.snapshot().isWaitingForFiles]).toEqual([0, true]);
    arrive();
    await vi.advanceTimersByTimeAsync(3_000);
    await done;
    expect(posts).toMatchObject([{ files: ["a.pdf"], seen: { messages: ["m1"], replies: [] } }]);
    expect(store.snapshot().files).toEqual([]);
  });

  it("stop a reply that would go without one of them", async () => {
    const { store, posts, press } = scene();
    store.addFiles([picked("a.pdf"), picked("b.exe")], RULES);
    store.type("Va la factura");
    await press();
    expect(posts).toHaveLength(0);
    expect(store.snapshot().problem).toEqual({ kind: "files" });
    expect(store.snapshot().files.map(({ state }) => state.kind)).toEqual(["ready", "refused"]);
  });

  it("need a text: Mercado Libre takes no file alone", async () => {
    const { store, posts, press } = scene();
    store.addFiles([picked("a.pdf")], RULES);
    await press();
    expect(posts).toHaveLength(0);
    expect(store.snapshot().problem).toEqual({ kind: "text_needed" });
  });

  it("can be tried again after a failure, and are deleted on the server when removed", async () => {
    const { store, removed, uploadWith } = scene();
    uploadWith(fails("offline"));
    store.addFiles([picked("a.pdf")], RULES);
    await vi.advanceTimersByTimeAsync(10);
    expect(store.snapshot().files).toMatchObject([{ state: { kind: "uploading" } }]);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(store.snapshot().files).toMatchObject([{ state: { kind: "failed", problem: "offline" } }]);
    uploadWith(async (file) => stored(file.name));
    const id = store.snapshot().files[0]?.localId ?? "";
    store.retryFile(id);
    await vi.advanceTimersByTimeAsync(10);
    expect(store.snapshot().draft.files.map((file) => file.id)).toEqual(["a.pdf"]);
    store.removeFile(id);
    expect([store.snapshot().files.length, store.snapshot().draft.files.length, removed]).toEqual([
      0,
      0,
      ["a.pdf"],
    ]);
  });

  it("are offered again while the server is not there, and cost nobody a press", async () => {
    const { store, uploadWith } = scene();
    uploadWith(fails("offline"));
    store.addFiles([picked("a.pdf")], RULES);
    await vi.advanceTimersByTimeAsync(10);
    uploadWith(async (file) => stored(file.name));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(store.snapshot().files).toMatchObject([{ state: { kind: "ready" } }]);
  });

  it("come back with the draft", () => {
    const { store } = scene({ text: "hola", files: [stored("a")], updatedAt: new Date() });
    expect(store.snapshot().files).toMatchObject([{ name: "a.pdf", state: { kind: "ready" } }]);
  });
});

describe("a rejected text", () => {
  const REJECTION = { text: "Llamame al +54 9 11 5555-1234", reason: "PERSONAL_DATA" };

  it("is known for what it was rejected for until it is sent again", async () => {
    const { store, press } = scene();
    store.edit(REJECTION.text, []);
    store.noteRejection(REJECTION);
    store.type("Escribime por acá");
    expect(store.snapshot().rejection).toEqual(REJECTION);
    await press();
    expect(store.snapshot().rejection).toBeNull();
  });

  it("is still known when our server could not take the new one", async () => {
    const { store, answerWith, press } = scene();
    store.edit(REJECTION.text, []);
    store.noteRejection(REJECTION);
    answerWith(fails("refused_by_meli"));
    await press();
    expect(store.snapshot()).toMatchObject({ rejection: REJECTION, draft: { text: REJECTION.text } });
  });

  it("is forgotten with its last word", () => {
    const { store } = scene();
    store.edit(REJECTION.text, []);
    store.noteRejection(REJECTION);
    store.type(" ");
    expect(store.snapshot().rejection).toBeNull();
  });
});

describe("send on a claim", () => {
  it("says who it is written to, and asks anew for the next one", async () => {
    const { store, posts, press } = scene();
    store.address("mediator");
    store.type("Adjunto el comprobante");
    await press(undefined, "mediator");
    expect(posts).toMatchObject([{ text: "Adjunto el comprobante", to: "mediator" }]);
    expect(store.snapshot().to).toBeNull();
  });

  it("names nobody where nobody need be named", async () => {
    const { store, posts, press } = scene();
    store.type("Hola");
    await press();
    expect(posts.map((reply) => "to" in reply)).toEqual([false]);
  });

  it("puts a text that was taken back before the one it was written to", () => {
    const { store } = scene();
    store.edit("Para el mediador", [], null, "mediator");
    expect(store.snapshot()).toMatchObject({ draft: { text: "Para el mediador" }, to: "mediator" });
  });
});

describe("edit", () => {
  it("puts a refused text back above what is being typed, with its files", () => {
    const { store } = scene();
    store.type("nuevo");
    store.edit("rechazado", [stored("a")]);
    expect(store.snapshot()).toMatchObject({
      draft: { text: "rechazado\n\nnuevo" },
      files: [{ name: "a.pdf", state: { kind: "ready" } }],
      problem: null,
    });
  });
});

describe("a reply that the tab did not live to see taken", () => {
  it("stays in this browser until our server has it", async () => {
    const { store, posts, local, answerWith } = scene();
    let take = (_row: OutboxView): void => undefined;
    answerWith(() => new Promise((resolve) => (take = resolve)));
    store.type("Sí, por correo");
    void store.send();
    await vi.waitFor(() => expect(posts).toHaveLength(1));
    expect(local()).toMatchObject({ text: "Sí, por correo", key: posts[0]?.key });
    const [reply] = posts;
    if (reply) take(row(reply));
    await vi.waitFor(() => expect(local()).toBeNull());
  });

  it("comes back into the field, and is the same reply when it is sent again", async () => {
    const { store, posts } = scene(undefined, { text: "Sí, por correo", files: [], basis: null, key: "k1" });
    store.restore();
    expect(store.snapshot().draft.text).toBe("Sí, por correo");
    await store.send();
    expect(posts.map(({ key, text }) => [key, text])).toEqual([["k1", "Sí, por correo"]]);
  });

  it("leaves the field when it had arrived after all", () => {
    const { store, local } = scene(undefined, { text: "Sí", files: [], basis: null, key: "k1" });
    store.restore();
    const reply: Reply = { key: "k1", text: "Sí", files: [], seen: { messages: [], replies: [] } };
    store.offer({ draft: { text: "", files: [], updatedAt: null }, outbox: [row(reply)] });
    expect([store.snapshot().draft.text, local()]).toEqual(["", null]);
  });

  it("does not come back into the field when it was there before the page was", () => {
    const reply: Reply = { key: "k1", text: "Sí", files: [], seen: { messages: [], replies: [] } };
    const left = { text: "Sí", files: [], basis: null, key: "k1", after: null };
    const { store, local } = scene(undefined, left, [row(reply)]);
    store.restore();
    expect([store.snapshot().draft.text, local()]).toEqual(["", null]);
  });

  it("is kept with the reply before it, so that what leaves from elsewhere is known", async () => {
    const before: Reply = { key: "k0", text: "Hola", files: [], seen: { messages: [], replies: [] } };
    const { store, posts, local } = scene(undefined, null, [row(before)]);
    store.type("Sí");
    store.flush(true);
    expect(local()).toMatchObject({ text: "Sí", after: "k0" });
    await store.send();
    store.type("Y otra cosa");
    store.flush(true);
    expect(local()).toMatchObject({ text: "Y otra cosa", after: posts[0]?.key });
  });
});
