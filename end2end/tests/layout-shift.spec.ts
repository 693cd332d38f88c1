import { expect, test } from "../support/fixtures.ts";
import { everyPage } from "../support/pages.ts";
import { BROWSER_LOCALE, LANGUAGES } from "../support/texts.ts";

const MOST = 0.02;

for (const language of LANGUAGES) {
  for (const viewport of [{ width: 390, height: 844 }, { width: 1280, height: 800 }]) {
    test.describe(`${language}, ${viewport.width}×${viewport.height}`, () => {
      test.use({ locale: BROWSER_LOCALE[language], viewport });

      test("nothing moves when a page comes or wakes up", async ({ page, phone, inbox }) => {
        test.slow();
        await page.addInitScript(() => {
          const counter = window as unknown as { shift: number; shifted: string[] };
          counter.shift = 0;
          counter.shifted = [];
          type Shift = PerformanceEntry & { value: number; hadRecentInput: boolean; sources: { node?: Element }[] };
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries() as Shift[]) {
              if (entry.hadRecentInput) continue;
              counter.shift += entry.value;
              counter.shifted.push(...entry.sources.map((source) => source.node?.outerHTML?.slice(0, 100) ?? "?"));
            }
          }).observe({ type: "layout-shift", buffered: true });
        });
        await everyPage(page, inbox, phone, language, async (name) => {
          // Two frames: what the awakening changed has been drawn, and the observer has been told.
          const seen = await page.evaluate(async () => {
            const frame = () => new Promise((drawn) => requestAnimationFrame(drawn));
            await frame();
            await frame();
            const counter = window as unknown as { shift: number; shifted: string[] };
            return { shift: counter.shift, shifted: counter.shifted };
          });
          expect.soft(seen.shift, `${name}: ${seen.shifted.join(", ")}`).toBeLessThan(MOST);
        });
      });
    });
  }
}
