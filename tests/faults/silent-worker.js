// A process that takes calls of test.v1.EchoService.Say and never answers, to be
// killed by a test.
import { connect } from "nats";

const connection = await connect({ servers: process.argv[2] ?? "" });
connection.subscribe("test.v1.EchoService.Say", {
  queue: "q",
  callback: () => process.send?.("got"),
});
await connection.flush();
process.send?.("ready");
// Without its parent nobody would end it.
process.once("disconnect", () => process.exit(0));
