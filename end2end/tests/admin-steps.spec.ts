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

  /** Opens a line behind which an act stands. */
  async open(line: string): Promise<void> {
    this.acts += 1;
    await this.page.getByRole("main").locator("summary").filter({ hasText: line }).click();
  }

  async choose(label: string): Promise<void> {
    this.acts += 1;
    await this.page.getByRole("main").getByLabel(label).check();
  }

  /** Puts the cursor into a field and types, which is one stretch. */
  async into(label: string, text: string): Promise<void> {
    this.acts += 1;
    await this.page.getByRole("main").getByLabel(label).fill(text);
  }

  async follow(text: string): Promise<void> {
    this.acts += 1;
    await this.page.getByRole("main").getByRole("link").filter({ hasText: text }).click();
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

test("blocking somebody from their row takes four acts and two pages", async ({ desk: page }) => {
  const phone = freshPhone();
  await addPerson(page, phone);
  await page.goto(`/admin/users?status=any&q=${phone.typed}`);
  const steps = new Steps(page);
  await steps.follow(phone.shown);
  await steps.open("Block this person");
  await steps.into("Reason", "Did not come");
  await steps.click("Block");
  await expect(page.getByRole("main")).toContainText("The person is blocked");
  expect([steps.acts, steps.pages]).toEqual([4, 2]);
});

test("ending somebody's sessions takes four acts and three pages", async ({ desk: page, customer: phone }) => {
  await page.goto(`/admin/users?status=any&q=${phone.typed}`);
  const steps = new Steps(page);
  await steps.follow(phone.shown);
  await steps.click("Sessions", "link");
  await steps.open("End all sessions");
  await steps.click("End all sessions");
  await expect(page.getByRole("main")).toContainText("All sessions are over.");
  expect([steps.acts, steps.pages]).toEqual([4, 3]);
});

test("blocking everybody on a page takes five acts and two pages", async ({ desk: page }) => {
  const phone = freshPhone();
  await addPerson(page, phone);
  await page.goto(`/admin/users?status=any&q=${phone.typed}`);
  const steps = new Steps(page);
  await steps.open("Act on several people");
  await steps.choose("Everybody on this page");
  // The first action is to block.
  await steps.click("Continue");
  await steps.into("Reason", "Duplicates");
  await steps.click("Do it");
  await expect(page.getByRole("main")).toContainText(/Under way|Finished/);
  expect([steps.acts, steps.pages]).toEqual([5, 2]);
});

test("exporting a list takes one act and no page", async ({ desk: page }) => {
  await page.goto("/admin/users");
  const steps = new Steps(page);
  const file = page.waitForEvent("download");
  await steps.click("for spreadsheets (CSV)", "link");
  expect((await file).suggestedFilename()).toBe("people.csv");
  expect([steps.acts, steps.pages]).toEqual([1, 0]);
});
