import type { Page } from "@playwright/test";
import { expect, test } from "../support/fixtures.ts";
import { heading } from "../support/steps.ts";
import { BROWSER_LOCALE, LANGUAGES, TEXTS } from "../support/texts.ts";

/** More than any page of a customer has stops. */
const MOST_TABS = 40;

/** The ring around what has the focus is at least 2 px. */
async function expectRing(page: Page): Promise<void> {
  const ring = await page.evaluate(() => {
    const style = getComputedStyle(document.activeElement!);
    return { style: style.outlineStyle, width: Number.parseFloat(style.outlineWidth), html: document.activeElement!.outerHTML.slice(0, 80) };
  });
  expect.soft(ring.style, ring.html).not.toBe("none");
  expect.soft(ring.width, ring.html).toBeGreaterThanOrEqual(2);
}

async function tabTo(page: Page, isThere: () => Promise<boolean>): Promise<void> {
  for (let presses = 0; presses < MOST_TABS; presses += 1) {
    await page.keyboard.press("Tab");
    await expectRing(page);
    if (await isThere()) return;
  }
  throw new Error(`${MOST_TABS} presses of Tab did not reach it`);
}

for (const language of LANGUAGES) {
  test.describe(language, () => {
    test.use({ locale: BROWSER_LOCALE[language] });

    test("the whole sign-in works with the keyboard alone", async ({ page, phone, inbox }) => {
      const t = TEXTS[language];
      const isFocused = (locator: ReturnType<Page["locator"]>) => () => locator.evaluate((element) => element === document.activeElement);
      await page.goto("/");
      // First stop: past the header.
      await page.keyboard.press("Tab");
      await expect(page.locator(".skip")).toBeFocused();
      await expect(page.locator(".skip")).toBeInViewport();
      await page.keyboard.press("Enter");
      await expect(page.locator("#content")).toBeFocused();
      await tabTo(page, isFocused(page.getByRole("main").getByRole("link").first()));
      await page.keyboard.press("Enter");

      await expect(page).toHaveURL(/\/login$/);
      await tabTo(page, isFocused(page.getByLabel(t.phone)));
      await page.keyboard.type(phone.typed);
      // Enter sends the form; the language switch, which comes first in the page, is not what it presses.
      await page.keyboard.press("Enter");

      await expect(page).toHaveURL(/\/login\/code$/);
      await expect(page.locator("html")).toHaveAttribute("lang", language);
      await expect(page.getByLabel(t.code, { exact: true })).toBeFocused();
      await page.keyboard.type(await inbox.code(phone));
      await page.keyboard.press("Enter");

      await expect(page).toHaveURL(/\/welcome$/);
      await tabTo(page, isFocused(page.getByLabel(t.givenName)));
      await page.keyboard.type(t.name);
      // Past the box for offers, which stays empty.
      await tabTo(page, isFocused(page.getByRole("button", { name: t.continue, exact: true })));
      await page.keyboard.press("Space");
      await expect(page).toHaveURL(/\/account$/);
      await expect(heading(page)).toHaveText(t.name);
      await expect(page.locator("html")).toHaveAttribute("lang", language);

      await tabTo(page, isFocused(page.getByRole("button", { name: t.signOut })));
      await page.keyboard.press("Enter");
      await expect(page).toHaveURL(/\/login$/);
    });

    test("after an error the keyboard starts at the summary", async ({ page }) => {
      await page.goto("/login");
      await page.getByLabel(TEXTS[language].phone).fill("0112345678");
      await page.keyboard.press("Enter");
      await expect(page.getByRole("alert")).toBeFocused();
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      await expect(page.getByLabel(TEXTS[language].phone)).toBeFocused();
    });
  });
}
