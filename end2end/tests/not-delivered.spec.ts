import { expect } from "@playwright/test";
import { testWith } from "../support/own-server.ts";
import { askForCode, awake, summary } from "../support/steps.ts";
import { BROWSER_LOCALE, LANGUAGES, TEXTS } from "../support/texts.ts";

// One number for all of them: it must not run into its limits.
const test = testWith({ SALON__OTP__COOLDOWN_S: "1", SALON__OTP__SENDS_PER_PHONE_HOUR: "100", SALON__OTP__SENDS_PER_PHONE_DAY: "100" });
/** A development sink refuses its texts for good. */
const UNREACHABLE = "0500000901";
const NOT_DELIVERED = { ar: "تعذّر إرسال الرسالة إلى هذا الرقم", en: "The text could not be sent to this number" };

for (const language of LANGUAGES) {
  for (const javaScriptEnabled of [true, false]) {
    test.describe(`${language}, ${javaScriptEnabled ? "with" : "without"} JavaScript`, () => {
      test.use({ locale: BROWSER_LOCALE[language], javaScriptEnabled });

      test("a text that cannot be sent is told on the page that waits for it, and what was typed stays", async ({ page }) => {
        const t = TEXTS[language];
        await page.goto("/login");
        await askForCode(page, UNREACHABLE, language);
        await expect(page).toHaveURL(/\/login\/code$/);
        const field = page.getByLabel(t.code, { exact: true });
        if (javaScriptEnabled) {
          // The server may have known before the page was made; then the page says so itself.
          await awake(page);
          await field.fill("12");
          await expect(page.getByRole("alert").filter({ hasText: NOT_DELIVERED[language] })).toBeVisible();
          await expect(field).toHaveValue("12");
        } else {
          await expect(async () => {
            await page.reload();
            await expect(summary(page)).toContainText(NOT_DELIVERED[language], { timeout: 100 });
          }).toPass();
          await expect(page).toHaveTitle(t.errorTitle);
        }
        // The ways on: another number, or the same once more.
        await expect(page.getByRole("button", { name: t.resend })).toBeVisible();
        await page.locator("a.change").click();
        await expect(page).toHaveURL(/\/login$/);
      });
    });
  }
}
