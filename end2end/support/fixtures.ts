import { randomInt } from "node:crypto";
import { test as base } from "@playwright/test";
import { Inbox } from "./inbox.ts";
import { Noise } from "./noise.ts";
import { freshPhone, type Phone } from "./phones.ts";

type Fixtures = {
  /** A number of this test alone. */
  phone: Phone;
  inbox: Inbox;
  /** In force in every test; a second context is added by `noise.listen`. */
  noise: Noise;
};

/**
 * Every test is a client of its own: the server trusts the loopback address as a proxy (see `cargo xtask e2e`), so each test has its own
 * client address and no test eats up another's limits.
 */
export const test = base.extend<Fixtures>({
  extraHTTPHeaders: async ({}, use) => {
    // 198.18.0.0/15 is set apart for tests (RFC 2544).
    await use({ "X-Forwarded-For": `198.${18 + randomInt(2)}.${randomInt(256)}.${1 + randomInt(254)}` });
  },
  phone: async ({}, use) => use(freshPhone()),
  inbox: async ({ request }, use) => use(new Inbox(request)),
  noise: [
    async ({ context, baseURL }, use) => {
      const noise = new Noise(new Set([new URL(baseURL!).origin]));
      noise.listen(context);
      await use(noise);
      noise.expectNone();
    },
    { auto: true },
  ],
});

export { expect } from "@playwright/test";
