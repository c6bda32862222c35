/**
 * Fetches the servers that tests run against before any test's clock runs: the
 * first fetch takes seconds, `go install` up to minutes. Without the newest one
 * the tests go on with what there is; without any, they cannot.
 */
import { findNatsServer, findNatsServers } from "../runtime/dist/testing/index.js";

const { path, version } = await findNatsServer();
process.stdout.write(`nats-server ${version}: ${path}\n`);
const { found, missing } = await findNatsServers();
for (const binary of found) process.stdout.write(`nats-server ${binary.version}: ${binary.path}\n`);
for (const reason of missing) process.stdout.write(`${reason}\n`);
