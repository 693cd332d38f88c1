import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "../support/fixtures.ts";
import { everyPage } from "../support/pages.ts";
import { BROWSER_LOCALE, LANGUAGES } from "../support/texts.ts";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

for (const language of LANGUAGES) {
  for (const colorScheme of ["light", "dark"] as const) {
    test.describe(`${language}, ${colorScheme}`, () => {
      test.use({ locale: BROWSER_LOCALE[language], colorScheme });

      test("axe has no serious or critical finding on any page", async ({ page, phone, inbox }) => {
        test.slow();
        await everyPage(page, inbox, phone, language, async (name) => {
          const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
          const grave = violations
            .filter((finding) => finding.impact === "serious" || finding.impact === "critical")
            .map((finding) => `${finding.id}: ${finding.nodes.map((node) => `${node.html} (${node.failureSummary})`).join("; ")}`);
          expect.soft(grave, name).toEqual([]);
        });
      });
    });
  }
}
