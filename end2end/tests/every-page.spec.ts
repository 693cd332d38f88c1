import { countShifts, loosePhones, shifts, smallTargets, wideThings } from "../support/checks.ts";
import { expect, test } from "../support/fixtures.ts";
import { everyPage } from "../support/pages.ts";
import { BROWSER_LOCALE, DIRECTION, LANGUAGES, TEXTS } from "../support/texts.ts";

const PHONE = { width: 390, height: 844 };
const DESKTOP = { width: 1280, height: 800 };
// 1280×1024 at 400 % is 320×256 (WCAG 1.4.10); the other is the smallest phone about.
const NARROW = [{ width: 320, height: 640 }, { width: 320, height: 256 }];
const MOST_SHIFT = 0.02;

for (const language of LANGUAGES) {
  for (const viewport of [PHONE, DESKTOP]) {
    test.describe(`${language}, ${viewport.width}×${viewport.height}`, () => {
      test.use({ locale: BROWSER_LOCALE[language], viewport });

      test("every page stands still, says its language, fits its window and can be hit with a thumb", async ({ page, phone, inbox }) => {
        test.setTimeout(300_000);
        await countShifts(page);
        const titles = new Map<string, string>();
        await everyPage(page, inbox, phone, language, async (name) => {
          const shift = await shifts(page);
          expect.soft(shift.sum, `${name} moves: ${shift.what}`).toBeLessThan(MOST_SHIFT);

          await expect.soft(page.locator("html"), name).toHaveAttribute("lang", language);
          await expect.soft(page.locator("html"), name).toHaveAttribute("dir", DIRECTION[language]);
          await expect.soft(page.getByRole("heading", { level: 1 }), name).toHaveCount(1);
          await expect.soft(page.getByRole("main"), name).toHaveCount(1);
          await expect.soft(page, name).toHaveTitle(new RegExp(TEXTS[language].brand));
          titles.set(name, await page.title());

          expect.soft(await smallTargets(page), `${name}: targets under 44 px`).toEqual([]);
          expect.soft(await loosePhones(page), `${name}: phones that may turn round`).toEqual([]);
          expect.soft(await wideThings(page), `${name} at ${viewport.width}`).toEqual([]);
          if (viewport === PHONE) {
            for (const size of NARROW) {
              await page.setViewportSize(size);
              expect.soft(await wideThings(page), `${name} at ${size.width}×${size.height}`).toEqual([]);
            }
            await page.setViewportSize(viewport);
          }
        });
        const plain = ["home", "login", "code", "welcome", "account", "sessions", "data", "delete", "phone", "phone-code", "not-found"];
        expect(new Set(plain.map((name) => titles.get(name))).size, "titles tell pages apart").toBe(plain.length);
      });
    });
  }
}
