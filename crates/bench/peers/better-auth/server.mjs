// Better Auth with its phone-number plugin, as its documents set it up: PostgreSQL through `pg`, Node's own HTTP server, one process a
// core. A code goes where an SMS gateway would be: to the driver, as a datagram.
import cluster from "node:cluster";
import dgram from "node:dgram";
import http from "node:http";
import os from "node:os";
import { betterAuth } from "better-auth";
import { getMigrations } from "better-auth/db/migration";
import { toNodeHandler } from "better-auth/node";
import { phoneNumber } from "better-auth/plugins";
import pg from "pg";

const { DATABASE_URL, PORT, CODES_PORT } = process.env;
const gateway = dgram.createSocket("udp4").unref();
const auth = betterAuth({
  baseURL: `http://127.0.0.1:${PORT}`,
  secret: "the benchmark needs no secret that anybody keeps",
  database: new pg.Pool({ connectionString: DATABASE_URL, max: 16 }),
  // Thousands of people play on one machine: as with Salon, the limits per address stand aside.
  rateLimit: { enabled: false },
  telemetry: { enabled: false },
  plugins: [
    phoneNumber({
      otpLength: 6,
      sendOTP: ({ phoneNumber, code }) => gateway.send(`${phoneNumber} ${code}`, Number(CODES_PORT), "127.0.0.1"),
      signUpOnVerification: {
        getTempEmail: (phone) => `${phone.slice(1)}@example.com`,
        getTempName: (phone) => phone,
      },
    }),
  ],
});

if (cluster.isPrimary) {
  await (await getMigrations(auth.options)).runMigrations();
  for (let worker = 0; worker < os.availableParallelism(); worker += 1) cluster.fork();
} else {
  http.createServer(toNodeHandler(auth)).listen(Number(PORT), "127.0.0.1");
}
