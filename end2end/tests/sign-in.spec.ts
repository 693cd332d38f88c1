import { expect, test } from "../support/fixtures.ts";
import { askForCode, enterCode, heading } from "../support/steps.ts";
import { BROWSER_LOCALE, DIRECTION, LANGUAGES, TEXTS } from "../support/texts.ts";

const SIZES = [
  { width: 390, height: 844 },
  { width: 1280, height: 800 },
];

for (const language of LANGUAGES) {
  for (const viewport of SIZES) {
    for (const javaScriptEnabled of [true, false]) {
      const script = javaScriptEnabled ? "with" : "without";
      test.describe(`${language}, ${viewport.width}×${viewport.height}, ${script} JavaScript`, () => {
        test.use({ locale: BROWSER_LOCALE[language], viewport, javaScriptEnabled });

        test("a new person signs in with a number, a code and a name", async ({ page, phone, inbox }) => {
          const t = TEXTS[language];
          await page.goto("/");
          await expect(page.locator("html")).toHaveAttribute("lang", language);
          await expect(page.locator("html")).toHaveAttribute("dir", DIRECTION[language]);
          await page.getByRole("navigation").getByRole("link", { name: t.signIn }).click();

          await expect(page).toHaveURL(/\/login$/);
          await askForCode(page, phone.typed, language);
          await expect(page).toHaveURL(/\/login\/code$/);
          await expect(heading(page)).toHaveText(t.codeTitle);
          await expect(page.locator("bdi.phone").first()).toHaveText(phone.shown);

          const [text] = await inbox.wait(phone);
          expect(text.locale).toBe(language);
          await enterCode(page, text.code!, language);

          await expect(page).toHaveURL(/\/welcome$/);
          await expect(heading(page)).toHaveText(t.welcome);
          await page.getByLabel(t.givenName).fill(t.name);
          await page.getByRole("button", { name: t.continue, exact: true }).click();

          await expect(page).toHaveURL(/\/account$/);
          await expect(heading(page)).toHaveText(t.name);
          await expect(page.locator("html")).toHaveAttribute("lang", language);
          await expect(page.locator("html")).toHaveAttribute("dir", DIRECTION[language]);
        });
      });
    }
  }
}

test("somebody who has been here before goes straight to the account", async ({ page, phone, inbox, browser, noise }) => {
  await page.goto("/login");
  await askForCode(page, phone.typed);
  const code = await inbox.code(phone);
  await enterCode(page, code);
  await page.getByRole("link", { name: "Skip", exact: true }).click();
  await expect(page).toHaveURL(/\/account$/);

  // Signed in already: the sign-in page has nothing to ask.
  await page.goto("/login");
  await expect(page).toHaveURL(/\/account$/);
  await page.goto("/login/code");
  await expect(page).toHaveURL(/\/account$/);

  // The code was used: it opens nothing for anybody else.
  const stranger = await browser.newContext();
  noise.listen(stranger);
  const elsewhere = await stranger.newPage();
  await elsewhere.goto("/login/code");
  await expect(elsewhere).toHaveURL(/\/login$/);
  await stranger.close();
});
