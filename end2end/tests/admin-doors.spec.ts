import { ADMIN, addPerson, becomeAdmin, keysReady, test } from "../support/admin.ts";
import { expect } from "../support/fixtures.ts";
import { freshPhone } from "../support/phones.ts";
import { heading, signUp } from "../support/steps.ts";
import { BROWSER_LOCALE, LANGUAGES, TEXTS } from "../support/texts.ts";

for (const language of LANGUAGES) {
  test.describe(language, () => {
    test.use({ locale: BROWSER_LOCALE[language], language });
    const t = ADMIN[language];

    test("a customer is told kindly that these pages are for the team", async ({ page, phone, inbox }) => {
      await signUp(page, inbox, phone, language);
      for (const path of ["/admin", "/admin/users", "/admin/users/01936f5e-0000-7000-8000-000000000000", "/admin/help", "/admin/palette?q=05"]) {
        const answer = await page.goto(path);
        expect(answer!.status(), path).toBe(403);
        await expect(heading(page), path).toHaveText(t.notStaff);
        await expect(page.locator(".side, #palette"), path).toHaveCount(0);
      }
      await page.getByRole("main").getByRole("link", { name: TEXTS[language].account, exact: true }).click();
      await expect(page).toHaveURL(/\/account$/);
    });

    test("a role without pages is told so, and may not open those of others", async ({ page, inbox }) => {
      await becomeAdmin(page, inbox, language, "stylist");
      await page.goto("/admin");
      await expect(heading(page)).toHaveText(t.nothingForRole);
      // The salons they may be in, and nothing of the platform.
      const links = page.getByRole("navigation", { name: t.nav }).getByRole("link");
      for (const link of await links.all()) expect(await link.getAttribute("href")).toMatch(/^\/admin\/(salons|bookings)$/);
      const answer = await page.goto("/admin/users");
      expect(answer!.status()).toBe(403);
      await expect(heading(page)).toHaveText(t.notForRole);
      expect((await page.request.get("/admin/palette?q=05")).status()).toBe(403);
      await keysReady(page);
      await page.keyboard.press("Control+k");
      // Nothing that they may not open.
      const offered = page.getByRole("dialog", { name: t.palette }).getByRole("option");
      await expect(offered.filter({ hasText: t.help })).toHaveCount(1);
      await expect(offered.filter({ hasText: t.people })).toHaveCount(0);
      await expect(offered.filter({ hasText: t.guessing })).toHaveCount(0);
    });

    test("days can be read in the Hijri calendar, and the other one is a look away", async ({ desk: page }) => {
      await page.goto("/admin/help");
      const now = page.getByRole("main").locator("time").first();
      await expect(now).not.toHaveText(t.hijriYear);
      await expect(now).toHaveAttribute("title", t.hijriYear);
      await page.locator(".side-body").getByRole("button", { name: t.hijri }).click();
      await expect(page).toHaveURL(/\/admin\/help$/);
      await expect(now).toHaveText(t.hijriYear);
      await expect(now).not.toHaveAttribute("title", t.hijriYear);
      await page.getByRole("main").getByRole("button", { name: t.gregorian }).click();
      await expect(now).not.toHaveText(t.hijriYear);
    });

    test("signing out is at hand on every page", async ({ page, admin }) => {
      await page.goto("/admin/guessing");
      await expect(page.locator(".side-body .side-who")).toContainText(admin.phone.shown);
      await page.locator(".side-body").getByRole("button", { name: TEXTS[language].signOut }).click();
      await expect(page).toHaveURL(/\/login$/);
    });
  });

  test.describe(`${language}, without JavaScript`, () => {
    test.use({ locale: BROWSER_LOCALE[language], language, javaScriptEnabled: false });
    const t = ADMIN[language];

    test("a person is found, added and opened, and nothing is seen of what needs a script", async ({ desk: page }) => {
      await page.goto("/admin");
      await expect(page).toHaveURL(/\/admin\/users$/);
      await expect(page.getByRole("dialog", { includeHidden: true })).toHaveCount(2);
      for (const dialog of await page.getByRole("dialog", { includeHidden: true }).all()) await expect(dialog).toBeHidden();
      for (const hint of await page.locator(".keys-only").all()) await expect(hint).toBeHidden();

      const phone = freshPhone();
      const person = await addPerson(page, phone, language);
      await expect(heading(page)).toContainText(phone.shown);
      await page.goto("/admin/help");
      await page.locator(".side-find").click();
      await expect(page).toHaveURL(/\/admin\/users$/);
      await page.getByLabel(t.find, { exact: true }).fill(phone.typed);
      await page.getByRole("button", { name: t.search, exact: true }).click();
      await page.getByRole("rowheader").getByRole("link", { name: phone.shown }).click();
      await expect(page).toHaveURL(new RegExp(`${person}$`));
      await page.goto("/admin/help");
      await expect(page.getByRole("main")).toContainText("Ctrl");
    });

    test("the menu of a phone opens and leads on", async ({ desk: page }) => {
      await page.setViewportSize({ width: 390, height: 844 });
      await page.goto("/admin/users");
      const menu = page.getByRole("navigation", { name: t.nav });
      await expect(menu).toHaveCount(0);
      await page.locator("summary").filter({ hasText: t.menu }).click();
      await menu.getByRole("link", { name: t.guessing }).click();
      await expect(page).toHaveURL(/\/admin\/guessing$/);
      await expect(menu).toHaveCount(0);
    });
  });
}
