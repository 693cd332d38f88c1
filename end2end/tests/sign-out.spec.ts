import { expect, test } from "../support/fixtures.ts";
import { heading, signUp } from "../support/steps.ts";

for (const javaScriptEnabled of [true, false]) {
  test.describe(`${javaScriptEnabled ? "with" : "without"} JavaScript`, () => {
    test.use({ javaScriptEnabled });

    test("after signing out the back button shows nothing personal", async ({ page, phone, inbox }) => {
      await signUp(page, inbox, phone);
      await page.goto("/account/data");
      await page.goto("/account");
      await expect(page.getByText(phone.shown).first()).toBeVisible();
      await page.getByRole("button", { name: "Sign out" }).click();
      await expect(page).toHaveURL(/\/login$/);
      await expect(page.getByRole("status").filter({ hasText: "You are signed out on this device." })).toBeVisible();

      for (const _ of ["the account", "the data"]) {
        await page.goBack();
        await expect(heading(page)).toHaveText("Sign in");
        await expect(page.getByText(phone.shown)).toHaveCount(0);
        expect(await page.content()).not.toContain(phone.e164);
      }
    });
  });
}

test("a cookie kept from before the sign-out opens nothing", async ({ page, context, phone, inbox, browser, noise }) => {
  await signUp(page, inbox, phone);
  const kept = await context.cookies();
  expect(kept.map((cookie) => cookie.name)).toContain("salon");
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/login$/);

  const thief = await browser.newContext();
  noise.listen(thief);
  await thief.addCookies(kept);
  const stolen = await thief.newPage();
  for (const path of ["/account", "/account/sessions", "/account/data"]) {
    await stolen.goto(path);
    await expect(stolen).toHaveURL(new RegExp(`/login\\?next=${path}$`));
  }
  await thief.close();
});

test("the session cookie is out of reach of scripts and other sites, and is new at each sign-in", async ({ page, context, phone, inbox }) => {
  await page.goto("/login");
  const planted = { name: "salon", value: "AAAAAAAAAAAAAAAAAAAAAA", url: page.url() };
  await context.addCookies([planted]);
  await signUp(page, inbox, phone);
  const cookie = (await context.cookies()).find((cookie) => cookie.name === "salon")!;
  expect(cookie.value).not.toBe(planted.value);
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Lax", path: "/" });
  expect(await page.evaluate(() => document.cookie)).toBe("");
});

test("signing out twice, or after the session is over, ends on the sign-in page", async ({ page, phone, inbox }) => {
  await signUp(page, inbox, phone);
  const late = await page.context().newPage();
  await late.goto("/account");
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/login$/);
  await late.getByRole("button", { name: "Sign out" }).click();
  await expect(late).toHaveURL(/\/login$/);
  await expect(heading(late)).toHaveText("Sign in");
});
