import { expect, test } from "../support/fixtures.ts";
import { askForCode, awake, summary } from "../support/steps.ts";
import { BROWSER_LOCALE, LANGUAGES, TEXTS } from "../support/texts.ts";

/** What is typed, and the words of the product's rules for it, to the letter. */
const ERRORS = [
  { typed: "", ar: "أدخل رقم الجوال", en: "Enter your mobile number" },
  { typed: "05012345", ar: "الرقم ناقص. مثال: 0501234567", en: "The number is too short. Example: 0501234567" },
  { typed: "0501234567890", ar: "الرقم أطول من اللازم", en: "The number has too many digits" },
  { typed: "O5O1234567", ar: "استخدم أرقامًا فقط، ويمكن أن تبدأ بعلامة +", en: "Use digits only; a leading + is fine" },
  { typed: "0501234567 تحويلة 12", ar: "اكتب رقم الجوال بدون تحويلة", en: "Enter the number without an extension" },
  { typed: "0112345678", ar: "هذا ليس رقم جوال ولا يستقبل رسائل", en: "This is not a mobile number, it cannot receive texts" },
  { typed: "971501234567", ar: "هل تقصد +971 50 123 4567؟", en: "Did you mean +971 50 123 4567?" },
  { typed: "+0501234567", ar: "رمز الدولة غير صحيح", en: "The country code is not right" },
  { typed: "0521234567", ar: "تحقق من الرقم", en: "Check the number" },
  { typed: "+971501234567", ar: "لا نرسل رسائل إلى هذه الدولة حاليًا", en: "We do not send texts to this country yet" },
];

/** Marks that keep a number's direction in plain text are not words. */
function words(text: string | null): string {
  return (text ?? "").replace(/[\u200e\u200f\u2066-\u2069]/g, "").replace(/\s/g, " ").trim();
}

for (const language of LANGUAGES) {
  for (const javaScriptEnabled of [true, false]) {
    test.describe(`${language}, ${javaScriptEnabled ? "with" : "without"} JavaScript`, () => {
      test.use({ locale: BROWSER_LOCALE[language], javaScriptEnabled });

      test("each number that cannot be used is told why, and stays in the field", async ({ page }) => {
        await page.goto("/login");
        for (const error of ERRORS) {
          await test.step(error.typed || "nothing", async () => {
            if (javaScriptEnabled) await awake(page);
            await askForCode(page, error.typed, language);
            await expect(page).toHaveURL(/\/login$/);
            await expect(page).toHaveTitle(TEXTS[language].errorTitle);

            const field = page.getByLabel(TEXTS[language].phone);
            await expect(field).toHaveValue(error.typed);
            await expect(field).toHaveAttribute("aria-invalid", "true");
            await expect(field).toHaveAttribute("aria-describedby", /phone-error/);
            expect(words(await page.locator("#phone-error").textContent())).toBe(error[language]);

            // The summary leads to the field.
            const link = summary(page).getByRole("link");
            expect(words(await link.textContent())).toBe(error[language]);
            await link.click();
            await expect(field).toBeFocused();
          });
        }
      });
    });
  }
}
