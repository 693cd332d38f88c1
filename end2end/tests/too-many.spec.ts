import { expect } from "@playwright/test";
import { testWith } from "../support/own-server.ts";
import { freshPhone, wrongCode } from "../support/phones.ts";
import { askForCode, enterCode, signUp, summary } from "../support/steps.ts";
import { BROWSER_LOCALE, LANGUAGES, TEXTS } from "../support/texts.ts";

const test = testWith({
  SALON__OTP__COOLDOWN_S: "1",
  SALON__OTP__SENDS_PER_PHONE_HOUR: "1",
  SALON__OTP__SENDS_KEPT_FOR_KNOWN_DEVICES: "0",
  SALON__OTP__GUESSES_PER_PHONE_DAY: "2",
  SALON__OTP__GUESSES_KEPT_FOR_KNOWN_DEVICES: "0",
  SALON__OTP__SENDS_PER_ADDRESS: "2",
});
const SENDS = { ar: /طُلبت رموز كثيرة لهذا الرقم\. حاول مرة أخرى بعد \d+ دقيقة/, en: /Too many codes were asked for this number\. Try again in \d+ minutes/ };
const GUESSES = { ar: /أُدخلت رموز خاطئة كثيرة لهذا الرقم\. حاول مرة أخرى بعد \d+ ساعة/, en: /Too many wrong codes were entered for this number\. Try again in \d+ hours/ };
const NETWORK = { ar: /طلبات كثيرة من شبكتك\. حاول مرة أخرى بعد \d+ دقائق/, en: /Too many requests from your network\. Try again in \d+ minutes/ };

for (const language of LANGUAGES) {
  test.describe(language, () => {
    test.use({ locale: BROWSER_LOCALE[language] });

    test("too many texts to a number: the page says when the next may be asked for", async ({ page, phone, inbox }) => {
      await signUp(page, inbox, phone, language);
      await page.getByRole("button", { name: TEXTS[language].signOut }).click();
      await askForCode(page, phone.typed, language);
      await expect(page).toHaveURL(/\/login$/);
      await expect(summary(page)).toContainText(SENDS[language]);
      await expect(page.getByLabel(TEXTS[language].phone)).toHaveValue(phone.typed);
    });

    test("too many wrong codes for a number: the page says when to try again", async ({ page, phone, inbox }) => {
      await page.goto("/login");
      await askForCode(page, phone.typed, language);
      const right = await inbox.code(phone);
      for (const step of [1, 2, 3]) {
        await enterCode(page, wrongCode(right, step), language);
        await expect(summary(page)).toBeVisible();
      }
      await expect(summary(page)).toContainText(GUESSES[language]);
    });

    test("too many texts from one network: the page says when to try again", async ({ page }) => {
      for (const _ of ["first", "second", "one too many"]) {
        await page.goto("/login");
        await askForCode(page, freshPhone().typed, language);
      }
      await expect(page).toHaveURL(/\/login$/);
      await expect(summary(page)).toContainText(NETWORK[language]);
    });
  });
}
