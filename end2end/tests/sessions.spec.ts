import type { Browser, BrowserContext, Page } from "@playwright/test";
import { expect, test } from "../support/fixtures.ts";
import type { Inbox } from "../support/inbox.ts";
import type { Noise } from "../support/noise.ts";
import { testWith } from "../support/own-server.ts";
import type { Phone } from "../support/phones.ts";
import { askForCode, enterCode, heading, signUp } from "../support/steps.ts";

// The same person signs in from several browsers within a minute.
const eager = testWith({ SALON__OTP__COOLDOWN_S: "1" });
const IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1";

/** Signs the same person in on another device. */
async function another(browser: Browser, noise: Noise, inbox: Inbox, phone: Phone, userAgent: string): Promise<[BrowserContext, Page]> {
  const context = await browser.newContext({ userAgent });
  noise.listen(context);
  const page = await context.newPage();
  const ask = async () => {
    await page.goto("/login");
    await askForCode(page, phone.typed);
    await expect(page).toHaveURL(/\/login\/code$/, { timeout: 300 });
  };
  await enterCode(page, await inbox.codeAfter(phone, () => expect(ask).toPass()));
  await expect(page).toHaveURL(/\/account$/);
  return [context, page];
}

eager("a session on another device can be ended from here", async ({ page, phone, inbox, browser, noise }) => {
  await signUp(page, inbox, phone);
  const [device, there] = await another(browser, noise, inbox, phone, IPHONE);

  await page.goto("/account/sessions");
  const rows = page.locator("ul.rows").getByRole("listitem");
  await expect(rows).toHaveCount(2);
  await expect(rows.first()).toContainText("This device");
  await expect(rows.first().getByRole("button")).toHaveCount(0);
  await expect(rows.nth(1)).toContainText("Safari on iPhone");
  await rows.nth(1).getByRole("button", { name: /^End session/ }).click();

  await expect(page.getByRole("status").filter({ hasText: "The session is over." })).toBeVisible();
  await expect(rows).toHaveCount(1);
  await expect(page.getByText("There are no other sessions.")).toBeVisible();

  // At once: the very next request is a stranger's.
  await there.goto("/account");
  await expect(there).toHaveURL(/\/login\?next=\/account$/);
  await device.close();
});

eager("all other sessions end together, and this one stays", async ({ page, phone, inbox, browser, noise }) => {
  await signUp(page, inbox, phone);
  const [first, one] = await another(browser, noise, inbox, phone, IPHONE);
  const [second, two] = await another(browser, noise, inbox, phone, "Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0");

  await page.goto("/account/sessions");
  await expect(page.locator("ul.rows").getByRole("listitem")).toHaveCount(3);
  await page.getByRole("button", { name: "End all other sessions" }).click();
  await expect(page.getByRole("status").filter({ hasText: "All other sessions are over." })).toBeVisible();
  await expect(page.locator("ul.rows").getByRole("listitem")).toHaveCount(1);
  for (const there of [one, two]) {
    await there.goto("/account/sessions");
    await expect(there).toHaveURL(/\/login\?next=/);
  }
  await page.goto("/account");
  await expect(page).toHaveURL(/\/account$/);
  await Promise.all([first.close(), second.close()]);
});

eager("ending a session that is over already is no error", async ({ page, phone, inbox, browser, noise }) => {
  await signUp(page, inbox, phone);
  const [device, there] = await another(browser, noise, inbox, phone, IPHONE);
  await page.goto("/account/sessions");
  await there.getByRole("button", { name: "Sign out" }).click();
  await expect(there).toHaveURL(/\/login$/);
  await page.locator("ul.rows").getByRole("button", { name: /^End session/ }).click();
  await expect(page.getByRole("status").filter({ hasText: "That session was over already." })).toBeVisible();
  await device.close();
});

test("somebody else's session cannot be ended", async ({ page, phone, inbox }) => {
  await signUp(page, inbox, phone);
  const answer = await page.request.post("/sf/end-session", {
    form: { session: "01936f5e-0000-7000-8000-000000000000" },
    headers: { "Sec-Fetch-Site": "same-origin" },
  });
  expect(answer.status()).toBe(200);
  expect(await answer.text()).toContain("That session was over already.");
  await page.goto("/account/sessions");
  await expect(heading(page)).toHaveText("Devices and sessions");
  await expect(page.getByText("There are no other sessions.")).toBeVisible();
});
