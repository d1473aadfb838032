import { createServer, type ServerResponse } from "node:http";
import { drainOnSignal, onDrain } from "@/lib/server/drain";

/** A web process in small: it stops listening when it is told to stop and ends with its last connection, as Next does.
 *  `/stream` stays open until the drain ends it. */
drainOnSignal();
const streams = new Set<ServerResponse>();
onDrain(async () => {
  for (const stream of streams) stream.end();
});
const server = createServer({ keepAliveTimeout: 70_000 }, (request, response) => {
  if (request.url !== "/stream") return void response.end("done");
  streams.add(response);
  response.write("open\n");
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  console.log(typeof address === "object" && address !== null ? address.port : "");
});
process.once("SIGTERM", () => server.close(() => process.exit(0)));
process.stdin.once("data", () => process.kill(process.pid, "SIGTERM"));
