import { ADMIN, ADMIN_PAGES, addPerson, SAME_TITLE, test } from "../support/admin.ts";
import { grave, graveInDark } from "../support/axe.ts";
import { countShifts, loosePhones, shifts, smallTargets, wideThings } from "../support/checks.ts";
import { expect } from "../support/fixtures.ts";
import { freshPhone } from "../support/phones.ts";
import { BROWSER_LOCALE, DIRECTION, LANGUAGES, TEXTS } from "../support/texts.ts";

const PHONE = { width: 390, height: 844 };
const DESKTOP = { width: 1280, height: 800 };
const NARROW = [{ width: 320, height: 640 }, { width: 320, height: 256 }];
const MOST_SHIFT = 0.02;

for (const language of LANGUAGES) {
  for (const viewport of [PHONE, DESKTOP]) {
    test.describe(`${language}, ${viewport.width}×${viewport.height}`, () => {
      test.use({ locale: BROWSER_LOCALE[language], language, viewport, colorScheme: "light", contextOptions: { reducedMotion: "reduce" } });

      test("every page of the admin stands still, says its language, fits its window and can be hit with a thumb", async ({ desk: page }) => {
        test.setTimeout(300_000);
        const person = await addPerson(page, freshPhone(), language);
        await countShifts(page);
        const titles = new Map<string, string>();
        for (const { name, path } of ADMIN_PAGES) {
          await page.goto(path(person));
          const shift = await shifts(page);
          expect.soft(shift.sum, `${name} moves: ${shift.what}`).toBeLessThan(MOST_SHIFT);

          await expect.soft(page.locator("html"), name).toHaveAttribute("lang", language);
          await expect.soft(page.locator("html"), name).toHaveAttribute("dir", DIRECTION[language]);
          await expect.soft(page.getByRole("heading", { level: 1 }), name).toHaveCount(1);
          await expect.soft(page.getByRole("main"), name).toHaveCount(1);
          // One menu for the eye and the ear, however wide the window is; at a phone's width it is closed.
          await expect.soft(page.getByRole("navigation", { name: ADMIN[language].nav }), name).toHaveCount(viewport === PHONE ? 0 : 1);
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
          } else {
            expect.soft(await grave(page), name).toEqual([]);
            expect.soft(await graveInDark(page), `${name}, dark`).toEqual([]);
          }
          // No page names somebody in its title, which browsers keep: not by their phone.
          expect.soft(await page.title(), name).not.toMatch(/\d{7}/);
        }
        const plain = ADMIN_PAGES.map((one) => one.name).filter((name) => !SAME_TITLE.has(name));
        expect(new Set(plain.map((name) => titles.get(name))).size, "titles tell pages apart").toBe(plain.length);
      });
    });
  }

  test.describe(`${language}, what opens`, () => {
    test.use({ locale: BROWSER_LOCALE[language], language, colorScheme: "light", contextOptions: { reducedMotion: "reduce" } });

    test("axe has nothing grave to say of the palette, the keys and the menu of a phone", async ({ desk: page }) => {
      await page.goto("/admin/users");
      await page.keyboard.press("Control+k");
      await page.keyboard.type("a");
      await expect(page.getByRole("dialog", { name: ADMIN[language].palette })).toBeVisible();
      expect.soft(await grave(page), "palette").toEqual([]);
      expect.soft(await graveInDark(page), "palette, dark").toEqual([]);
      await page.keyboard.press("Escape");
      await expect(page.getByRole("dialog")).toHaveCount(0);
      await page.keyboard.press("?");
      await expect(page.getByRole("dialog", { name: ADMIN[language].keys })).toBeVisible();
      expect.soft(await grave(page), "keys").toEqual([]);
      await page.keyboard.press("Escape");
      await page.setViewportSize(PHONE);
      await page.locator("summary").filter({ hasText: ADMIN[language].menu }).click();
      await expect(page.getByRole("navigation", { name: ADMIN[language].nav })).toBeVisible();
      expect.soft(await wideThings(page), "menu").toEqual([]);
      expect.soft(await smallTargets(page), "menu").toEqual([]);
      expect.soft(await grave(page), "menu").toEqual([]);
      expect.soft(await graveInDark(page), "menu, dark").toEqual([]);
    });
  });
}
