const WAITING = "Martín Gómez";
const BLOCKED = "Susana Bravo";
const CLAIM = "Sí, seis horas";
const QUESTION = "se saca o queda fijo";
const CAR = "Suzuki Swift";

/** What the pictures show of the sandbox's shops, found by what a person would look for. */
export interface DemoShops {
  /** In the order in which they are connected. */
  nicknames: string[];
  /** A buyer in Argentina who waits, and the pack. */
  waiting: string;
  conversation: string;
  /** A buyer in Argentina to whom nobody can write. */
  blocked: string;
  /** Words of a claim in Argentina that the seller must answer. */
  claim: string;
  /** Words of a chain of questions in Argentina that waits. */
  question: string;
  /** A listing of the car dealer's. */
  car: string;
  /** The buyer reads everything and writes once more. */
  buyerAnswers(text: string): Promise<void>;
}

/** @throws Error when the shops are not those of the scenario. */
export async function demoShops(sandboxUrl: string): Promise<DemoShops> {
  const call = async (path: string, body?: object) => {
    const init = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
    const response = await fetch(`${sandboxUrl}/__sandbox/${path}`, init);
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    return response.json();
  };
  const { sellers }: { sellers: { id: string; nickname: string; siteId: string }[] } = await call("state");
  const argentina = sellers.find(({ siteId }) => siteId === "MLA");
  if (argentina === undefined) throw new Error("The sandbox has no shop in Argentina.");
  const find = async (words: string): Promise<string> => {
    const query = new URLSearchParams({ sellerId: argentina.id, q: words });
    const { threads }: { threads: { packId: string }[] } = await call(`threads?${query}`);
    const [first] = threads;
    if (first === undefined) throw new Error(`The shop in Argentina has no conversation with ${words}.`);
    return first.packId;
  };
  const conversation = await find(WAITING);
  return {
    nicknames: [argentina, ...sellers.filter(({ id }) => id !== argentina.id)].map(
      ({ nickname }) => nickname,
    ),
    waiting: WAITING,
    conversation,
    blocked: BLOCKED,
    claim: CLAIM,
    question: QUESTION,
    car: CAR,
    async buyerAnswers(text) {
      await call("buyer/read", { packId: conversation });
      await call("buyer/message", { packId: conversation, text });
    },
  };
}
