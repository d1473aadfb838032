import "server-only";
import { PgBoss } from "pg-boss";

/** One waiting and one running job per key; a worker that died is noticed by its silence. */
const RETRIED = { policy: "stately", retryDelay: 1, retryBackoff: true, heartbeatSeconds: 10 } as const;

/** Every kind of background work. A job names what to look at and carries no state of its own. */
export const QUEUES = {
  /** Read the sale around a conversation. */
  context: { ...RETRIED, retryLimit: 3, expireInSeconds: 120 },
  /** Look at a thread's outbox. The rows say what is due; a lost job costs seconds, not a reply. */
  outbox: { ...RETRIED, retryLimit: 2, expireInSeconds: 300 },
} as const;

export type QueueName = keyof typeof QUEUES;

export interface Jobs {
  /** Asks for work on `key`. If the same is already waiting, that one serves; if it is running, it runs once more. */
  ask(queue: QueueName, key: string, data: object): Promise<void>;
  stop(): Promise<void>;
  boss: PgBoss;
}

/** Opens the job queue on the same database. `isWorker` also maintains it. */
export async function openJobs(
  databaseUrl: string,
  options: { isWorker: boolean; onError: (error: Error) => void },
): Promise<Jobs> {
  const boss = new PgBoss({
    connectionString: databaseUrl,
    max: options.isWorker ? 6 : 2,
    application_name: "buzon-jobs",
    supervise: options.isWorker,
    schedule: false,
    migrate: options.isWorker,
    createSchema: options.isWorker,
    useListenNotify: options.isWorker,
    // A job whose worker died is found by its silence, and this often somebody listens.
    monitorIntervalSeconds: 1,
  });
  boss.on("error", options.onError);
  try {
    await boss.start();
    if (options.isWorker) {
      for (const [name, queue] of Object.entries(QUEUES)) {
        await boss.createQueue(name, { ...queue, notify: true, deleteAfterSeconds: 3_600 });
      }
    }
  } catch (error) {
    // Half open it would go on by itself.
    await boss.stop({ graceful: false, close: true }).catch(() => undefined);
    throw error;
  }
  return {
    boss,
    async ask(queue, key, data) {
      await boss.send(queue, data, { singletonKey: key });
    },
    stop: () => boss.stop({ graceful: true, timeout: 8_000, close: true }),
  };
}
