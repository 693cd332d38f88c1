import { execFileSync } from "node:child_process";
import { expect, type Page } from "@playwright/test";
import { BINARY, DATABASE } from "./admin.ts";
import { test as base } from "./admin.ts";

/** The salons of the demonstration, as an operator sets them up at the server itself. A salon that is there already stays as it is. */
function demo(): void {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("SALON__"));
  const env = { ...Object.fromEntries(inherited), DATABASE_URL: DATABASE, SALON__ENV: "development" };
  execFileSync(BINARY, ["demo"], { env, stdio: ["ignore", "ignore", "inherit"] });
}

export const SALON = "/admin/salons/nawa";

/** A day on which the salon is open and, for `turn` below 40, that no other test books. A Thursday has a night. */
export function thursday(turn: number): string {
  const day = new Date(Date.now() + (7 + turn * 7) * 86_400_000);
  day.setUTCDate(day.getUTCDate() + ((4 - day.getUTCDay() + 7) % 7));
  return day.toISOString().slice(0, 10);
}

/** A `test` with somebody who owns the salon of the demonstration and is past every door. */
export const test = base.extend<{ counter: Page }>({
  counter: async ({ desk: page, admin }, use) => {
    demo();
    // Whoever sets salons up names their owners: here themselves.
    await page.goto("/admin/salons");
    await page.getByRole("link", { name: /Nawa|نوى للتجميل/ }).first().click();
    await page.goto(`${new URL(page.url()).pathname}/people`);
    await page.locator("#phone").fill(admin.phone.typed);
    await page.locator("select[name=role]").selectOption("owner");
    await page.locator("form:has(select[name=role]) button[type=submit]").click();
    await expect(page.getByRole("status").first()).toBeVisible();
    await use(page);
  },
});
