import type { CDPSession, Page } from "@playwright/test";
import { expect, test as base } from "../support/fixtures.ts";
import { testWith } from "../support/own-server.ts";
import { heading, signUp, summary } from "../support/steps.ts";

// Browsers make passkeys for a name and not for the bare address of a machine: here that is localhost.
const own = testWith({});
const test = own.extend({
  baseURL: async ({ server }, use) => use(server.replace("127.0.0.1", "localhost")),
});

type Authenticator = { cdp: CDPSession; id: string };

/** A phone with a finger on it. */
async function plugIn(page: Page): Promise<Authenticator> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("WebAuthn.enable");
  const { authenticatorId } = await cdp.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return { cdp, id: authenticatorId };
}

async function setVerified({ cdp, id }: Authenticator, isUserVerified: boolean): Promise<void> {
  await cdp.send("WebAuthn.setUserVerified", { authenticatorId: id, isUserVerified });
}

/** Adds a passkey on the account's page and puts the recovery codes away. */
async function add(page: Page, name: string): Promise<void> {
  await page.goto("/account/passkeys");
  await page.getByLabel("Name of the passkey").fill(name);
  await page.getByRole("button", { name: "Add a passkey", exact: true }).click();
  await expect(heading(page)).toHaveText("Recovery codes");
  await page.getByRole("button", { name: "I have kept them, go on" }).click();
  await expect(page).toHaveURL(/^[^?]*\/account\/passkeys$/);
}

test.use({ locale: "en" });

test("a passkey is added, signs in without a text, and is removed", async ({ page, phone, inbox }) => {
  await plugIn(page);
  await signUp(page, inbox, phone);
  await add(page, "My phone");
  const rows = page.locator("ul.rows").getByRole("listitem");
  await expect(rows).toHaveCount(1);
  await expect(rows.first()).toContainText("My phone");
  await expect(rows.first()).toContainText("Not used yet");

  // The same device makes no second one.
  await page.getByRole("button", { name: "Add a passkey", exact: true }).click();
  await expect(page.getByText("This device has a passkey of your account already.")).toBeVisible();

  await page.goto("/account");
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/login$/);
  const texts = (await inbox.messages(phone)).length;
  await page.goto("/login?next=/account/passkeys");
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await expect(page).toHaveURL(/^[^?]*\/account\/passkeys$/);
  expect((await inbox.messages(phone)).length, "no text was needed").toBe(texts);
  await expect(rows.first()).toContainText("Last used");

  await rows.first().getByRole("button", { name: "Remove: My phone" }).click();
  await expect(page.getByRole("status").filter({ hasText: "The passkey is removed." })).toBeVisible();
  await page.goto("/account");
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await expect(summary(page)).toContainText("The passkey was not accepted");
});

test("a passkey is the second factor, and one that is called off is told kindly", async ({ page, phone, inbox, browser, noise }) => {
  const authenticator = await plugIn(page);
  await signUp(page, inbox, phone);
  await page.goto("/admin/enrol");
  await page.getByRole("button", { name: "Add a passkey", exact: true }).click();
  await expect(heading(page)).toHaveText("Recovery codes");
  await page.getByRole("button", { name: "I have kept them, go on" }).click();

  // A session that has not shown it: one that began with a text.
  const { credentials } = await authenticator.cdp.send("WebAuthn.getCredentials", { authenticatorId: authenticator.id });
  const context = await browser.newContext({ locale: "en" });
  noise.listen(context);
  const there = await context.newPage();
  const other = await plugIn(there);
  await other.cdp.send("WebAuthn.addCredential", { authenticatorId: other.id, credential: credentials[0] });
  await page.goto("/account");
  await page.getByRole("button", { name: "Sign out" }).click();
  await there.goto("/login?next=/account/passkeys");
  await there.getByRole("button", { name: "Sign in with a passkey" }).click();
  await expect(there).toHaveURL(/^[^?]*\/account\/passkeys$/);

  await there.goto("/admin/verify?next=/account/sessions");
  // The page offers it once it has asked the browser, and that must be before the finger is taken away.
  await expect(there.getByRole("button", { name: "Use a passkey" })).toBeVisible();
  await setVerified(other, false);
  await there.getByRole("button", { name: "Use a passkey" }).click();
  await expect(there.getByText("Nothing was done. Try again whenever you like.")).toBeVisible();
  await setVerified(other, true);
  await there.getByRole("button", { name: "Use a passkey" }).click();
  await expect(there).toHaveURL(/^[^?]*\/account\/sessions$/);
  await context.close();
});

base("where there can be no passkey, nothing offers one", async ({ page }) => {
  // By the bare address.
  await page.goto("/login");
  await expect(page.getByRole("button", { name: /passkey/i })).toBeHidden();
});
