import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "../support/fixtures.ts";
import { everyPage } from "../support/pages.ts";
import { BROWSER_LOCALE, LANGUAGES } from "../support/texts.ts";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** Findings that are serious or critical, in words. Legacy mode opens no second page for each run; it is for pages without frames. */
async function grave(page: Page, narrow: (axe: AxeBuilder) => AxeBuilder): Promise<string[]> {
  const { violations } = await narrow(new AxeBuilder({ page }).setLegacyMode(true)).analyze();
  return violations
    .filter((finding) => finding.impact === "serious" || finding.impact === "critical")
    .map((finding) => `${finding.id}: ${finding.nodes.map((node) => `${node.html} (${node.failureSummary})`).join("; ")}`);
}

for (const language of LANGUAGES) {
  test.describe(language, () => {
    test.use({ locale: BROWSER_LOCALE[language], colorScheme: "light", contextOptions: { reducedMotion: "reduce" } });

    test("axe has no serious or critical finding on any page, light or dark", async ({ page, phone, inbox }) => {
      test.setTimeout(300_000);
      await everyPage(page, inbox, phone, language, async (name) => {
        expect.soft(await grave(page, (axe) => axe.withTags(RULES)), name).toEqual([]);
        // Dark differs in its colours alone.
        await page.emulateMedia({ colorScheme: "dark" });
        expect.soft(await grave(page, (axe) => axe.withRules(["color-contrast"])), `${name}, dark`).toEqual([]);
        await page.emulateMedia({ colorScheme: "light" });
      });
    });
  });
}
