import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { addPerson, becomeAdmin, openPerson, test } from "../support/admin.ts";
import { expect } from "../support/fixtures.ts";
import { freshPhone } from "../support/phones.ts";

// Each screen of the admin opens, acts and shows what came of it, with JavaScript and without.

const main = (page: Page) => page.getByRole("main");
const press = (page: Page, name: string) => main(page).getByRole("button", { name, exact: true }).click();
const follow = (page: Page, name: string | RegExp) => main(page).getByRole("link", { name, exact: typeof name === "string" }).first().click();
/** Opens the line behind which an act stands. */
const open = (page: Page, line: string) => main(page).locator("summary").filter({ hasText: line }).click();

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
    test.use({ javaScriptEnabled });

    test("somebody is blocked with a reason, the block is undone, and both stand in the record", async ({ desk: page }) => {
      const person = await addPerson(page, freshPhone());
      await open(page, "Block this person");
      await main(page).getByLabel("Reason").fill("  ");
      await press(page, "Block");
      await expect(page, "a reason is asked for").toHaveTitle(/^Error: /);
      await main(page).getByLabel("Reason").fill("Did not come <b>three</b> times");
      await press(page, "Block");
      await expect(main(page)).toContainText("The person is blocked and all their sessions are over.");
      await press(page, "Undo");
      await expect(main(page)).toContainText("The person is unblocked and can sign in again.");
      await page.goto(`${person}/audit`);
      await expect(main(page)).toContainText("Did not come <b>three</b> times");
    });

    test("a note is written, stands as it was typed, and goes", async ({ desk: page }) => {
      const person = await addPerson(page, freshPhone());
      await page.goto(`${person}/notes`);
      await expect(main(page)).toContainText("No notes yet.");
      await main(page).getByLabel("New note").fill("</textarea><script>boom()</script>\nتفضل المساء");
      await press(page, "Add note");
      await expect(main(page)).toContainText("</textarea><script>boom()</script>");
      await press(page, "Delete note");
      await expect(main(page)).toContainText("No notes yet.");
    });

    test("a name is corrected, and a wrong e-mail stands in its field with what is wrong", async ({ desk: page }) => {
      await addPerson(page, freshPhone());
      await main(page).getByLabel("First name").fill("سارة");
      await main(page).locator("#email").fill("not an address");
      await press(page, "Save");
      await expect(main(page).locator("#email")).toHaveValue("not an address");
      await expect(main(page).locator("#email")).toHaveAttribute("aria-invalid", "true");
      await main(page).locator("#email").fill("");
      await press(page, "Save");
      await expect(main(page).getByRole("heading", { level: 1 })).toContainText("سارة");
    });

    test("a number is asked to be moved, waits for its owner, and the request is taken back", async ({ desk: page, customer: old }) => {
      const next = freshPhone();
      const person = await openPerson(page, old);
      await page.goto(`${person}/phone`);
      await main(page).getByRole("textbox", { name: "New number" }).fill(next.typed);
      await press(page, "Continue");
      await expect(main(page)).toContainText("Nobody has this number");
      await press(page, "Ask for the move");
      await expect(main(page)).toContainText("Waiting for the owner of the number");
      await press(page, "Cancel the request");
      await expect(main(page)).toContainText("Cancelled.");
      await page.goto(person);
      await expect(main(page), "nothing has moved").toContainText(old.shown);
    });

    test("a message is found, its number is masked, shown once asked for, and that is written down", async ({ desk: page, admin }) => {
      await page.goto("/admin/messages");
      const row = main(page).getByRole("row").filter({ hasText: admin.phone.shown.slice(-4) }).first();
      await expect(row).toContainText(`••• ${admin.phone.shown.slice(-4)}`);
      expect(await page.content(), "the whole number is nowhere in the page").not.toContain(admin.phone.e164.slice(1));
      await row.getByRole("link").first().click();
      await expect(main(page)).not.toContainText(admin.phone.shown);
      await press(page, "Show number");
      await expect(main(page)).toContainText(admin.phone.shown);
      expect(await main(page).locator(".sms-body").innerText(), "never the code").toMatch(/•{4,}/);
      await page.goto(`/admin/audit?doer=${admin.phone.typed}`);
      await expect(main(page).getByRole("row").nth(1)).toContainText(/number/i);
    });

    test("a request is written down at the desk, taken up and answered", async ({ desk: page }) => {
      const person = await addPerson(page, freshPhone());
      await page.goto(`${person}/privacy`);
      await main(page).getByRole("radio").first().check();
      await main(page).getByLabel("Note").fill("By phone this morning");
      await press(page, "Write it down");
      await page.goto(`${person}/privacy`);
      await main(page).locator("section.card h2 a").first().click();
      await expect(main(page)).toContainText("By phone this morning");
      await press(page, "Start");
      await expect(main(page)).toContainText("Written down.");
      await press(page, "Done");
      await expect(main(page)).toContainText("This request is closed.");
    });

    test("a person's data is read, and goes once their short id is typed", async ({ desk: page }) => {
      const phone = freshPhone();
      const person = await addPerson(page, phone);
      const short = (await main(page).innerText()).match(/Short id\s+([0-9A-Z]{4})/)![1]!;
      await page.goto(`${person}/export/read`);
      await expect(main(page)).toContainText(phone.shown.slice(-4));
      await page.goto(`${person}/erase`);
      await main(page).getByLabel("Type the short id to confirm").fill("0000");
      await press(page, "Erase for good");
      await expect(page).toHaveTitle(/^Error: /);
      await main(page).getByLabel("Type the short id to confirm").fill(short);
      await press(page, "Erase for good");
      await page.goto(person);
      expect(await page.content()).not.toContain(phone.e164.slice(-7));
      await expect(main(page)).toContainText("Erased");
    });

    test("settings show what they would do before anything is saved", async ({ desk: page }) => {
      await page.goto("/admin/settings");
      await press(page, "Show the effect");
      await expect(page).toHaveURL(/\/admin\/settings/);
      await expect(main(page)).toContainText("Nothing changes.");
    });

    test("two of three are blocked in one go, with a page that says what came of each", async ({ desk: page }) => {
      // Letters only: digits would make a phone of it.
      const name = [...freshPhone().typed].map((digit) => "abcdefghij"[Number(digit)]).join("");
      for (const place of [1, 2, 3]) {
        await addPerson(page, freshPhone());
        await main(page).getByLabel("First name").fill(`${name}${"xyz"[place - 1]}`);
        await press(page, "Save");
      }
      await page.goto(`/admin/users?status=any&q=${name}`);
      const boxes = main(page).locator("tbody input[type=checkbox]");
      await boxes.nth(0).check();
      await boxes.nth(1).check();
      await open(page, "Act on several people");
      await main(page).getByLabel("Action").selectOption("Block");
      await press(page, "Continue");
      await expect(main(page)).toContainText("shut out");
      await main(page).getByLabel("Reason").fill("Duplicates");
      await press(page, "Do it");
      await expect(async () => {
        await page.reload();
        await expect(main(page)).toContainText("Finished");
      }).toPass({ timeout: 30_000 });
      await expect(main(page).getByRole("row").filter({ hasText: "Done" })).toHaveCount(2);
    });
  });
}

test("two files: one that a spreadsheet may open, one as it is", async ({ desk: page }) => {
  const phone = freshPhone();
  await addPerson(page, phone);
  await main(page).getByLabel("First name").fill("=1+1");
  await press(page, "Save");
  await page.goto(`/admin/users?status=any&q=${phone.typed}`);
  // A spreadsheet reckons what begins with a sign, and takes leading noughts away: the number is written as people write it.
  for (const [link, begin] of [
    ["for spreadsheets (CSV)", `"${phone.shown}","'=1+1"`],
    ["for programs (raw CSV)", `${phone.e164},=1+1`],
  ] as const) {
    const waiting = page.waitForEvent("download");
    await follow(page, link);
    const file = readFileSync(await (await waiting).path(), "utf8");
    expect(file.replaceAll("\u00a0", " ").split("\n").some((line) => line.startsWith(begin)), `${link}: ${file}`).toBe(true);
  }
});

test("the bars of the abuse monitor have a table for those who do not see them", async ({ desk: page }) => {
  await page.goto("/admin/abuse");
  await expect(main(page).locator("svg").first()).toBeVisible();
  expect(await main(page).getByRole("table").count()).toBeGreaterThan(0);
});

test("whoever has a role in a salon finds the pages of the platform closed", async ({ page, inbox }) => {
  await becomeAdmin(page, inbox, "en", "reception");
  for (const path of ["/admin/users", "/admin/audit", "/admin/settings", "/admin/privacy", "/admin/retention", "/admin/messages", "/admin/abuse"]) {
    const answer = await page.goto(path);
    expect(answer!.status(), path).toBe(403);
    await expect(main(page)).toContainText("Your role does not cover this page");
  }
});
