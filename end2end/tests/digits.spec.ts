import { expect, test } from "../support/fixtures.ts";
import { arabicIndic } from "../support/phones.ts";
import { askForCode, enterCode } from "../support/steps.ts";
import { TEXTS } from "../support/texts.ts";

test.use({ locale: "ar-SA" });

for (const javaScriptEnabled of [true, false]) {
  test.describe(`${javaScriptEnabled ? "with" : "without"} JavaScript`, () => {
    test.use({ javaScriptEnabled });

    test("Arabic digits do for the phone and for the code", async ({ page, phone, inbox }) => {
      await page.goto("/login");
      await askForCode(page, arabicIndic(phone.typed), "ar");
      await expect(page).toHaveURL(/\/login\/code$/);
      // Shown in ASCII digits, in both languages.
      await expect(page.locator("bdi.phone").first()).toHaveText(phone.shown);
      await enterCode(page, arabicIndic(await inbox.code(phone)), "ar");
      await expect(page).toHaveURL(/\/welcome$/);
    });

    test("of a pasted message the code is taken", async ({ page, phone, inbox }) => {
      await page.goto("/login");
      await askForCode(page, phone.typed, "ar");
      await expect(page).toHaveURL(/\/login\/code$/);
      await enterCode(page, `رمزك ${await inbox.code(phone)}`, "ar");
      await expect(page).toHaveURL(/\/welcome$/);
    });
  });
}

test("a paste from the clipboard is neither cut nor sent by itself", async ({ page, context, phone, inbox }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto("/login");
  await askForCode(page, phone.typed, "ar");
  const [text] = await inbox.wait(phone);
  const field = page.getByLabel(TEXTS.ar.code, { exact: true });
  await page.evaluate((body) => navigator.clipboard.writeText(body), text.body);
  await field.focus();
  await page.keyboard.press("ControlOrMeta+V");
  await expect(field).toHaveValue(text.body.replaceAll("\n", ""));
  await expect(page.locator("form[aria-busy]")).toHaveCount(0);
  await page.getByRole("button", { name: TEXTS.ar.confirm, exact: true }).click();
  await expect(page).toHaveURL(/\/welcome$/);
});

test("a phone may be typed the way people write it", async ({ page, phone }) => {
  const national = phone.typed.slice(1);
  await page.goto("/login");
  for (const typed of [`+966 ${national}`, `00966-${national}`, `(0${national.slice(0, 2)}) ${national.slice(2)}`, `+966 0${national}`]) {
    await page.goto("/login");
    await askForCode(page, typed, "ar");
    // One phone, one code: what follows the first is told that it has been sent.
    await expect(page).toHaveURL(/\/login\/code$/);
    await expect(page.locator("bdi.phone").first()).toHaveText(phone.shown);
  }
});
