import { expect, test } from "../support/fixtures.ts";
import { everyPage } from "../support/pages.ts";
import { BROWSER_LOCALE, DIRECTION, LANGUAGES, TEXTS } from "../support/texts.ts";

for (const language of LANGUAGES) {
  test.describe(language, () => {
    test.use({ locale: BROWSER_LOCALE[language], viewport: { width: 390, height: 844 }, hasTouch: true });

    test("every page names its language, has one heading, a title of its own and targets a thumb can hit", async ({ page, phone, inbox }) => {
      test.slow();
      const titles = new Map<string, string>();
      await everyPage(page, inbox, phone, language, async (name) => {
        await test.step(name, async () => {
          await expect.soft(page.locator("html"), name).toHaveAttribute("lang", language);
          await expect.soft(page.locator("html"), name).toHaveAttribute("dir", DIRECTION[language]);
          await expect.soft(page.getByRole("heading", { level: 1 }), name).toHaveCount(1);
          await expect.soft(page.getByRole("main"), name).toHaveCount(1);
          await expect.soft(page, name).toHaveTitle(new RegExp(TEXTS[language].brand));
          titles.set(name, await page.title());

          // Links inside a sentence are as high as the sentence (WCAG 2.5.8).
          const small = await page
            .locator("button:visible, a.button:visible, .top a:visible, input:not([type=hidden]):not([type=radio]):not([type=checkbox]):visible, label.choice:visible")
            .evaluateAll((targets) =>
              targets
                .filter((target) => !target.matches(".sr, .skip"))
                .map((target) => ({ html: target.outerHTML.slice(0, 120), box: target.getBoundingClientRect() }))
                .filter(({ box }) => box.height < 43.5 || box.width < 43.5)
                .map(({ html, box }) => `${Math.round(box.width)}×${Math.round(box.height)} ${html}`),
            );
          expect.soft(small, name).toEqual([]);

          // Every phone is isolated, so that Arabic text does not turn it round; hyphens and bullets included.
          for (const number of await page.locator("bdi.phone").all()) await expect.soft(number).toHaveAttribute("dir", "ltr");
          const loose = await page.evaluate(() => {
            const found: string[] = [];
            const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
            for (let node = walker.nextNode(); node; node = walker.nextNode()) {
              const isolated = node.parentElement!.closest("bdi, [dir=ltr], script");
              // Marks around a number in plain text do the same.
              if (!isolated && /(?<!\u200e)\+\d[\d\s\u00a0]{6,}/.test(node.textContent!)) found.push(node.textContent!);
            }
            return found;
          });
          expect.soft(loose, name).toEqual([]);
        });
      });
      expect(titles.get("login")).not.toBe(titles.get("code"));
      expect(titles.get("account")).not.toBe(titles.get("sessions"));
    });
  });
}
