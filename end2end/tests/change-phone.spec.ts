import type { Page } from "@playwright/test";
import { expect, test } from "../support/fixtures.ts";
import { testWith } from "../support/own-server.ts";
import { freshPhone, wrongCode } from "../support/phones.ts";
import { enterCode, heading, proveNumber, signUp, summary } from "../support/steps.ts";

async function askToMove(page: Page, typed: string): Promise<void> {
  await page.goto("/account/phone");
  await page.getByLabel("New mobile number").fill(typed);
  await page.getByRole("button", { name: "Send the code" }).click();
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(`${javaScriptEnabled ? "with" : "without"} JavaScript`, () => {
    test.use({ javaScriptEnabled });

    test("the account moves to a new number, and the old one is told", async ({ page, phone, inbox }) => {
      const moved = freshPhone();
      await signUp(page, inbox, phone);
      await page.getByRole("link", { name: /^Change/ }).click();
      await expect(page.getByRole("main")).toContainText(phone.shown);
      await askToMove(page, moved.typed);
      await expect(page).toHaveURL(/\/account\/phone\/code$/);
      await expect(page.getByRole("main").locator("bdi.phone").first()).toHaveText(moved.shown);

      const code = await inbox.code(moved, "verify");
      await enterCode(page, wrongCode(code));
      await expect(summary(page)).toContainText("4 attempts left");
      // Nothing has moved yet.
      await expect(page.getByRole("navigation")).toContainText(phone.shown);
      await enterCode(page, code);

      await expect(page).toHaveURL(/\/account$/);
      await expect(page.getByRole("status").filter({ hasText: "Your account has moved to your new number." })).toBeVisible();
      await expect(heading(page)).toHaveText(moved.shown);
      await expect.poll(async () => (await inbox.messages(phone)).some((text) => text.purpose !== "auth" && text.code === null)).toBe(true);
    });
  });
}

test("proving one's own number again is no move", async ({ page, phone, inbox }) => {
  await signUp(page, inbox, phone);
  await askToMove(page, phone.typed);
  await expect(page).toHaveURL(/\/account\/phone\/code$/);
  await enterCode(page, await inbox.code(phone, "verify"));
  await expect(page).toHaveURL(/\/account$/);
  await expect(heading(page)).toHaveText(phone.shown);
  // Nobody is told about a move that was none.
  await expect(page.getByText("Your account has moved to your new number.")).toHaveCount(0);
  expect((await inbox.messages(phone)).every((text) => text.code !== null)).toBe(true);
});

test("a number that somebody has is not given away", async ({ page, phone, inbox, browser, noise }) => {
  const taken = freshPhone();
  const owner = await browser.newContext();
  noise.listen(owner);
  await signUp(await owner.newPage(), inbox, taken);
  await owner.close();

  await signUp(page, inbox, phone);
  await askToMove(page, taken.typed);
  // The same page as for a free number: whose it is comes out only to those who can read its texts.
  await expect(page).toHaveURL(/\/account\/phone\/code$/);
  await enterCode(page, await inbox.code(taken, "verify"));
  await expect(summary(page)).toContainText("The account cannot move to this number.");
  await page.goto("/account");
  await expect(heading(page)).toHaveText(phone.shown);
});

test("a code of one purpose is worth nothing for the other", async ({ page, phone, inbox }) => {
  const moved = freshPhone();
  await signUp(page, inbox, phone);
  const used = await inbox.code(phone);
  await askToMove(page, moved.typed);
  await expect(page).toHaveURL(/\/account\/phone\/code$/);
  await enterCode(page, used);
  await expect(summary(page)).toContainText("4 attempts left");
});

test("a number that cannot be used is told why", async ({ page, phone, inbox }) => {
  await signUp(page, inbox, phone);
  await askToMove(page, "0112345678");
  await expect(page).toHaveURL(/\/account\/phone$/);
  await expect(summary(page)).toContainText("This is not a mobile number, it cannot receive texts");
  await expect(page.getByLabel("New mobile number")).toHaveValue("0112345678");
});

const strict = testWith({ SALON__AUTH__FRESH_WITHIN_S: "1", SALON__OTP__COOLDOWN_S: "1" });

strict("whoever signed in a while ago signs in again first, and then goes on", async ({ page, phone, inbox }) => {
  await signUp(page, inbox, phone);
  await expect(async () => {
    await askToMove(page, freshPhone().typed);
    await expect(page).toHaveURL(/\/login$/, { timeout: 300 });
  }).toPass();
  await expect(page.getByRole("status").filter({ hasText: "sign in again and then finish this step" })).toBeVisible();
  await expect(page.getByLabel("Mobile number")).not.toHaveValue("");
  await proveNumber(page, inbox, phone);
  await expect(page).toHaveURL(/\/account\/phone$/);
});
