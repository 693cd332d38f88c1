import type { Page } from "@playwright/test";
import { addPerson, test } from "../support/admin.ts";
import { expect } from "../support/fixtures.ts";
import { freshPhone } from "../support/phones.ts";

// The figures of docs/admin-steps.md, counted while it happens. Who adds a step has to write it down there.

/** Counts what an admin does with hand and keyboard, and the pages that are loaded for it. */
class Steps {
  acts = 0;
  pages = 0;

  constructor(private readonly page: Page) {
    page.on("framenavigated", (frame) => {
      if (frame === page.mainFrame()) this.pages += 1;
    });
  }

  async click(name: string | RegExp, role: "button" | "link" = "button"): Promise<void> {
    this.acts += 1;
    await this.page.getByRole("main").getByRole(role, { name }).click();
  }

  async press(...keys: string[]): Promise<void> {
    this.acts += 1;
    for (const key of keys) await this.page.keyboard.press(key);
  }

  async type(text: string): Promise<void> {
    this.acts += 1;
    await this.page.keyboard.type(text);
  }
}

test("finding somebody by their phone takes three acts and one page, from anywhere", async ({ desk: page }) => {
  const phone = freshPhone();
  const person = await addPerson(page, phone);
  await page.goto("/admin/guessing");
  const steps = new Steps(page);
  await steps.press("Control+k");
  await steps.type(phone.shown);
  await expect(page.locator("[data-found]")).toHaveAttribute("aria-selected", "true");
  await steps.press("Enter");
  await expect(page).toHaveURL(new RegExp(`${person}$`));
  expect([steps.acts, steps.pages]).toEqual([3, 1]);
});

test("adding somebody by phone takes four acts and two pages", async ({ desk: page }) => {
  await page.goto("/admin/users");
  const steps = new Steps(page);
  await steps.press("/");
  await steps.type(freshPhone().typed);
  await steps.press("Enter");
  await expect(page).toHaveURL(/\?q=/);
  await steps.click("Add this user");
  await expect(page).toHaveURL(/\/admin\/users\/[0-9a-f-]{36}$/);
  expect([steps.acts, steps.pages]).toEqual([4, 2]);
});
