import { join } from "node:path";
import { test } from "./fixtures.ts";
import { everyPage } from "./pages.ts";
import { BROWSER_LOCALE, LANGUAGES } from "./texts.ts";

const FOLDER = join(process.env.SALON_E2E_OUTPUT ?? "test-results", "screenshots");
const SIZES = [
  { width: 390, height: 844 },
  { width: 1280, height: 800 },
];

for (const language of LANGUAGES) {
  for (const viewport of SIZES) {
    for (const colorScheme of ["light", "dark"] as const) {
      test.describe(`${language}, ${viewport.width}, ${colorScheme}`, () => {
        test.use({ locale: BROWSER_LOCALE[language], viewport, colorScheme });

        test("every page is drawn", async ({ page, phone, inbox }) => {
          await everyPage(page, inbox, phone, language, async (name) => {
            const path = join(FOLDER, language, `${viewport.width}-${colorScheme}`, `${name}.png`);
            await page.screenshot({ path, fullPage: true, animations: "disabled" });
          });
        });
      });
    }
  }
}
