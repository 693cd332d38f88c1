import { grave, graveInDark } from "../support/axe.ts";
import { expect, test } from "../support/fixtures.ts";
import { everyPage } from "../support/pages.ts";
import { BROWSER_LOCALE, LANGUAGES } from "../support/texts.ts";

for (const language of LANGUAGES) {
  test.describe(language, () => {
    test.use({ locale: BROWSER_LOCALE[language], colorScheme: "light", contextOptions: { reducedMotion: "reduce" } });

    test("axe has no serious or critical finding on any page, light or dark", async ({ page, phone, inbox }) => {
      test.setTimeout(300_000);
      await everyPage(page, inbox, phone, language, async (name) => {
        expect.soft(await grave(page), name).toEqual([]);
        expect.soft(await graveInDark(page), `${name}, dark`).toEqual([]);
      });
    });
  });
}
