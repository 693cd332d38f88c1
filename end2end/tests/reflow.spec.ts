import { expect, test } from "../support/fixtures.ts";
import { everyPage } from "../support/pages.ts";
import { BROWSER_LOCALE, LANGUAGES } from "../support/texts.ts";

// 1280×1024 at 400 % is 320×256 (WCAG 1.4.10); the other is the smallest phone about.
const SIZES = [
  { width: 320, height: 640 },
  { width: 320, height: 256 },
];

for (const language of LANGUAGES) {
  for (const viewport of SIZES) {
    test.describe(`${language}, ${viewport.width}×${viewport.height}`, () => {
      test.use({ locale: BROWSER_LOCALE[language], viewport });

      test("no page has to be scrolled sideways", async ({ page, phone, inbox }) => {
        test.slow();
        await everyPage(page, inbox, phone, language, async (name) => {
          const wide = await page.evaluate(() => {
            const room = document.documentElement.clientWidth;
            const over = [...document.body.querySelectorAll("*")]
              .filter((element) => !element.closest(".sr, .skip, [aria-hidden=true]"))
              .filter((element) => element.getBoundingClientRect().right > room + 1 || element.getBoundingClientRect().left < -1)
              .map((element) => element.outerHTML.slice(0, 120));
            return { scrolls: document.documentElement.scrollWidth > room, over };
          });
          expect.soft(wide, name).toEqual({ scrolls: false, over: [] });
        });
      });
    });
  }
}
