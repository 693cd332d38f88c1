import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { test as base } from "./fixtures.ts";

// Set by `cargo xtask e2e`; the defaults are where a development build leaves them.
const BINARY = resolve(process.env.SALON_E2E_SERVER ?? "../target/debug/salon");
const SITE = resolve(process.env.SALON_E2E_SITE ?? "../target/site");

/**
 * A `test` whose server differs from the common one in these settings, as when a code has to expire within seconds.
 * One server and one database per worker.
 */
export function testWith(settings: Record<string, string>) {
  return base.extend<object, { server: string }>({
    server: [
      async ({}, use) => {
        const dir = mkdtempSync(join(tmpdir(), "salon-e2e-"));
        const process = start(dir, settings);
        try {
          await use(await address(process));
        } finally {
          await stop(process);
          rmSync(dir, { recursive: true, force: true });
        }
      },
      { scope: "worker" },
    ],
    baseURL: async ({ server }, use) => use(server),
  });
}

function start(dir: string, settings: Record<string, string>): ChildProcess {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("SALON__"));
  return spawn(BINARY, ["serve"], {
    cwd: dir,
    env: {
      ...Object.fromEntries(inherited),
      DATABASE_URL: `sqlite://${join(dir, "salon.db")}`,
      SALON__ENV: "development",
      SALON__SMS__PROVIDER: "outbox",
      SALON__SERVER__BIND: "127.0.0.1:0",
      SALON__SERVER__SITE_ROOT: SITE,
      SALON__SERVER__TRUSTED_PROXIES: "127.0.0.1",
      SALON__SERVER__DRAIN_S: "0",
      ...settings,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

/** The system chooses the port; the server says which in its first line. */
function address(server: ChildProcess): Promise<string> {
  return new Promise((found, failed) => {
    let said = "";
    const read = (bytes: Buffer) => {
      said += bytes.toString();
      const url = /^Salon is at (http:\S+)$/m.exec(said)?.[1];
      if (url) found(url);
    };
    server.stdout!.on("data", read);
    server.stderr!.on("data", read);
    server.once("error", failed);
    server.once("exit", (status) => failed(new Error(`the server stopped at once (${status}):\n${said}`)));
  });
}

function stop(server: ChildProcess): Promise<void> {
  return new Promise((stopped) => {
    const never = server.pid === undefined;
    if (never || server.exitCode !== null || server.signalCode !== null) return stopped();
    server.once("exit", () => stopped());
    server.kill("SIGTERM");
  });
}
