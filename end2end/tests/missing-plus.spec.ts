import { randomInt } from "node:crypto";
import { expect } from "@playwright/test";
import { testWith } from "../support/own-server.ts";
import { askForCode, enterCode } from "../support/steps.ts";
import { BROWSER_LOCALE, LANGUAGES } from "../support/texts.ts";

const test = testWith({ SALON__PHONES__COUNTRIES: "SA,AE" });
const USE = { ar: "استخدم هذا الرقم", en: "Use this number" };

for (const language of LANGUAGES) {
  for (const javaScriptEnabled of [true, false]) {
    test.describe(`${language}, ${javaScriptEnabled ? "with" : "without"} JavaScript`, () => {
      test.use({ locale: BROWSER_LOCALE[language], javaScriptEnabled });

      test("a number without its plus is asked about, and one press takes the number that was meant", async ({ page, inbox }) => {
        const rest = String(randomInt(10_000_000)).padStart(7, "0");
        const shown = `+971 50 ${rest.slice(0, 3)} ${rest.slice(3)}`;
        await page.goto("/login");
        await askForCode(page, `97150${rest}`, language);
        await page.getByRole("button", { name: USE[language] }).click();
        await expect(page).toHaveURL(/\/login\/code$/);
        await expect(page.locator("bdi.phone").first()).toHaveText(shown);
        const phone = { e164: `+97150${rest}`, typed: "", shown };
        await enterCode(page, await inbox.code(phone), language);
        await expect(page).toHaveURL(/\/welcome$/);
      });
    });
  }
}
