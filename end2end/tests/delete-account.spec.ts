import { expect, test } from "../support/fixtures.ts";
import { signUp, summary } from "../support/steps.ts";

for (const javaScriptEnabled of [true, false]) {
  test.describe(`${javaScriptEnabled ? "with" : "without"} JavaScript`, () => {
    test.use({ javaScriptEnabled });

    test("an account is deleted only when the box is ticked, and then at once", async ({ page, context, phone, inbox, browser, noise }) => {
      await signUp(page, inbox, phone);
      await page.getByRole("link", { name: /^Delete account/ }).click();
      await page.getByRole("button", { name: "Delete my account for good" }).click();
      await expect(summary(page)).toContainText("Tick the box");
      await expect(page).toHaveTitle(/^Error:/);
      await expect(page.getByRole("checkbox")).not.toBeChecked();
      const kept = await context.cookies();

      await page.getByRole("checkbox", { name: "I understand that this is final" }).check();
      await page.getByRole("button", { name: "Delete my account for good" }).click();
      await expect(page).toHaveURL(/\/login$/);
      await expect(page.getByRole("status").filter({ hasText: "Your account and your data are deleted." })).toBeVisible();

      await page.goto("/account");
      await expect(page).toHaveURL(/\/login\?next=\/account$/);
      const old = await browser.newContext();
      noise.listen(old);
      await old.addCookies(kept);
      const replay = await old.newPage();
      await replay.goto("/account");
      await expect(replay).toHaveURL(/\/login\?next=\/account$/);
      await old.close();
    });
  });
}

test("whoever changes their mind keeps the account", async ({ page, phone, inbox }) => {
  await signUp(page, inbox, phone);
  await page.goto("/account/delete");
  await page.getByRole("checkbox").check();
  await page.getByRole("link", { name: "Keep my account" }).click();
  await expect(page).toHaveURL(/\/account$/);
});
