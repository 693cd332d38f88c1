import type { Page } from "@playwright/test";
import { ADMIN, addPerson, keysReady, test } from "../support/admin.ts";
import { expect } from "../support/fixtures.ts";
import { arabicIndic, freshPhone } from "../support/phones.ts";
import { heading } from "../support/steps.ts";
import { BROWSER_LOCALE, LANGUAGES } from "../support/texts.ts";

/** A key of an Arabic keyboard: it has the place of a Latin one and writes a letter of its own. */
async function pressArabic(page: Page, key: string, code: string, modifiers: { ctrlKey?: boolean; shiftKey?: boolean } = {}): Promise<void> {
  await page.evaluate(
    ([init]) => document.activeElement!.dispatchEvent(new KeyboardEvent("keydown", { ...init, bubbles: true, cancelable: true })),
    [{ key, code, ...modifiers }],
  );
}

for (const language of LANGUAGES) {
  test.describe(language, () => {
    test.use({ locale: BROWSER_LOCALE[language], language });
    const t = ADMIN[language];

    test("with the keyboard alone a person is found by any spelling of their phone, and opened", async ({ desk: page }) => {
      const phone = freshPhone();
      const person = await addPerson(page, phone, language);
      const international = phone.e164.replace(/(\d{3})(\d{2})(\d{3})(\d{4})/, "$1 $2-$3 $4");
      for (const typed of [phone.typed, phone.shown, phone.e164, international, arabicIndic(phone.typed), `00${phone.e164.slice(1)}`]) {
        await page.goto("/admin/guessing");
        // To the box from wherever one is: first the people, then a slash.
        await page.keyboard.press("g");
        await page.keyboard.press("u");
        await expect(page).toHaveURL(/\/admin\/users$/);
        await keysReady(page);
        await page.keyboard.press("/");
        await expect(page.locator("#q")).toBeFocused();
        await page.keyboard.type(typed);
        await page.keyboard.press("Enter");
        await expect(page, typed).toHaveURL(/\?q=/);
        const link = page.getByRole("main").getByRole("rowheader").getByRole("link");
        await expect(link, typed).toHaveCount(1);
        await link.focus();
        await page.keyboard.press("Enter");
        await expect(page, typed).toHaveURL(new RegExp(`${person}$`));
      }
    });

    test("the palette finds a person as they are typed, opens them, and gives the focus back when it is closed", async ({ desk: page }) => {
      const phone = freshPhone();
      const person = await addPerson(page, phone, language);
      await page.goto("/admin/users");
      await page.locator("#q").focus();
      const palette = page.getByRole("dialog", { name: t.palette });
      const box = page.getByRole("combobox", { name: t.palette });

      await page.keyboard.press("Control+k");
      await expect(palette).toBeVisible();
      await expect(box).toBeFocused();
      await page.keyboard.press("Escape");
      await expect(palette).toBeHidden();
      await expect(page.locator("#q")).toBeFocused();

      await page.keyboard.press("Control+k");
      await page.keyboard.type(phone.typed);
      const found = palette.getByRole("option", { name: phone.shown });
      await expect(found).toHaveAttribute("aria-selected", "true");
      await expect(box).toHaveAttribute("aria-activedescendant", (await found.getAttribute("id"))!);
      await expect(palette.getByRole("status")).toHaveText(/2$/);
      await page.keyboard.press("Enter");
      await expect(page).toHaveURL(new RegExp(`${person}$`));
      await expect(heading(page)).toContainText(phone.shown);
    });

    test("the palette goes to pages, by their names in either language, with arrows too", async ({ desk: page }) => {
      await page.goto("/admin/users");
      const options = page.getByRole("dialog", { name: t.palette }).getByRole("option");
      for (const typed of [ADMIN.ar.guessing, "guess"]) {
        await page.keyboard.press("Control+k");
        await page.keyboard.type(typed);
        await expect(options.first()).toContainText(t.guessing);
        await expect(options.first()).toHaveAttribute("aria-selected", "true");
        await page.keyboard.press("Enter");
        await expect(page).toHaveURL(/\/admin\/guessing$/);
        await page.goto("/admin/users");
      }
      await page.keyboard.press("Control+k");
      await expect(options.first()).toHaveAttribute("aria-selected", "true");
      await page.keyboard.press("ArrowUp");
      await expect(options.last()).toHaveAttribute("aria-selected", "true");
      await expect(options.last()).toContainText(t.help);
      await page.keyboard.press("Enter");
      await expect(page).toHaveURL(/\/admin\/help$/);
    });

    test("what is typed and fits no page goes to the search of people", async ({ desk: page }) => {
      await page.goto("/admin/help");
      await page.keyboard.press("/");
      const palette = page.getByRole("dialog", { name: t.palette });
      await expect(palette, "there is no search box on this page").toBeVisible();
      await page.keyboard.type("nobody.at.all@example.com");
      await expect(palette.getByRole("option")).toHaveCount(1);
      await page.keyboard.press("Enter");
      await expect(page).toHaveURL("/admin/users?q=nobody.at.all%40example.com");
    });

    test("an Arabic keyboard has the same keys", async ({ desk: page }) => {
      await page.goto("/admin/guessing");
      await pressArabic(page, "ن", "KeyK", { ctrlKey: true });
      await expect(page.getByRole("dialog", { name: t.palette })).toBeVisible();
      await page.keyboard.press("Escape");
      await expect(page.getByRole("dialog")).toHaveCount(0);
      await pressArabic(page, "؟", "Slash", { shiftKey: true });
      await expect(page.getByRole("dialog", { name: t.keys })).toBeVisible();
      await page.keyboard.press("Escape");
      await expect(page.getByRole("dialog")).toHaveCount(0);
      await pressArabic(page, "ل", "KeyG");
      await pressArabic(page, "ع", "KeyU");
      await expect(page).toHaveURL(/\/admin\/users$/);
      await keysReady(page);
      await pressArabic(page, "ظ", "Slash");
      await expect(page.locator("#q")).toBeFocused();
    });

    test("in a field letters are letters, and single keys can be turned off", async ({ desk: page }) => {
      await page.goto("/admin/users");
      await page.locator("#q").focus();
      await page.keyboard.type("gu/?");
      await expect(page.locator("#q")).toHaveValue("gu/?");
      await expect(page.getByRole("dialog")).toHaveCount(0);

      await page.goto("/admin/help");
      await page.getByRole("button", { name: t.lettersOff }).click();
      await expect(page.getByRole("button", { name: t.lettersOff })).toHaveCount(0);
      await keysReady(page);
      await page.keyboard.press("?");
      await page.keyboard.press("/");
      await expect(page.getByRole("dialog")).toHaveCount(0);
      await page.keyboard.press("Control+k");
      await expect(page.getByRole("dialog", { name: t.palette })).toBeVisible();
    });

    test("the first stop is the way past the sidebar", async ({ desk: page }) => {
      await page.goto("/admin/users");
      await page.keyboard.press("Tab");
      await expect(page.locator(".skip")).toBeFocused();
      await expect(page.locator(".skip")).toBeInViewport();
      await page.keyboard.press("Enter");
      await expect(page.locator("#content")).toBeFocused();
      await page.keyboard.press("Tab");
      await expect(page.getByRole("main").locator(":focus")).toHaveCount(1);
    });
  });
}
