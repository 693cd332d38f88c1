import { expect } from "@playwright/test";
import { testWith } from "../support/own-server.ts";
import { askForCode, enterCode, summary } from "../support/steps.ts";
import { BROWSER_LOCALE, LANGUAGES, TEXTS } from "../support/texts.ts";

const test = testWith({ SALON__OTP__LIFE_S: "6", SALON__OTP__MAX_LIFE_S: "6", SALON__OTP__COOLDOWN_S: "1" });
const EXPIRED = { ar: "انتهت صلاحية هذا الرمز", en: "This code has expired" };

for (const language of LANGUAGES) {
  test.describe(language, () => {
    test.use({ locale: BROWSER_LOCALE[language] });

    test("an expired code says so and leads to a new one", async ({ page, phone, inbox }) => {
      const t = TEXTS[language];
      await page.goto("/login");
      await askForCode(page, phone.typed, language);
      const old = await inbox.code(phone);

      // A page that was left open: the field is still there when the code is not.
      const open = await page.context().newPage();
      await open.goto("/login/code");

      await expect(async () => {
        await page.reload();
        await expect(summary(page)).toContainText(EXPIRED[language], { timeout: 100 });
      }).toPass();
      await expect(page).toHaveTitle(t.errorTitle);
      await expect(page.getByLabel(t.code, { exact: true })).toHaveCount(0);

      await enterCode(open, old, language);
      await expect(summary(open)).toContainText(EXPIRED[language]);
      await open.getByRole("button", { name: t.newCode }).click();
      await expect(open).toHaveURL(/\/login\/code$/);
      await expect(open.getByLabel(t.code, { exact: true })).toBeVisible();
      expect((await inbox.wait(phone, 2))[0].code).not.toBe(old);
    });
  });
}
