import { expect, type Page } from "@playwright/test";
import type { Inbox } from "./inbox.ts";
import { freshPhone, type Phone, wrongCode } from "./phones.ts";
import { askForCode, awake, enterCode, summary } from "./steps.ts";
import { type Language, TEXTS } from "./texts.ts";

export type Look = (name: string) => Promise<void>;

/**
 * Walks through every page and every state worth looking at, in the order a person meets them, and calls `look` at each.
 *
 * To add a page: a line where a person would come by.
 */
export async function everyPage(page: Page, inbox: Inbox, phone: Phone, language: Language, look: Look): Promise<void> {
  await signedOut(page, inbox, language, look);
  await signingIn(page, inbox, phone, language, look);
  await signedIn(page, inbox, language, look);
}

/** Pages with islands are looked at once they are awake. */
async function settled(page: Page): Promise<void> {
  if ((await page.locator("leptos-island").count()) > 0) await awake(page);
}

async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await settled(page);
}

async function signedOut(page: Page, inbox: Inbox, language: Language, look: Look): Promise<void> {
  await open(page, "/");
  await look("home");
  await open(page, "/problems/quota-exceeded");
  await look("problem");
  await open(page, "/no-such-page");
  await look("not-found");
  await open(page, "/login");
  await look("login");
  for (const [name, typed] of [["login-error", "05012345"], ["login-missing-plus", "971501234567"]]) {
    await askForCode(page, typed, language);
    await expect(summary(page)).toBeVisible();
    await settled(page);
    await look(name);
  }
  // A number of its own, whose code is guessed to death.
  const other = freshPhone();
  await page.goto("/login");
  await askForCode(page, other.typed, language);
  const right = await inbox.code(other);
  for (const step of [1, 2, 3, 4, 5]) {
    await enterCode(page, wrongCode(right, step), language);
    await expect(summary(page)).toBeVisible();
    if (step > 1) continue;
    await settled(page);
    await look("code-wrong");
  }
  await settled(page);
  await look("code-dead");
  await page.getByRole("button", { name: TEXTS[language].newCode }).click();
  await expect(summary(page)).toBeVisible();
  await settled(page);
  await look("login-cooling-down");
}

async function signingIn(page: Page, inbox: Inbox, phone: Phone, language: Language, look: Look): Promise<void> {
  await page.goto("/login");
  await askForCode(page, phone.typed, language);
  await expect(page).toHaveURL(/\/login\/code$/);
  await settled(page);
  await look("code");
  await enterCode(page, await inbox.code(phone), language);
  await expect(page).toHaveURL(/\/welcome$/);
  await settled(page);
  await look("welcome");
  await page.getByRole("link", { name: TEXTS[language].skip, exact: true }).click();
  await expect(page).toHaveURL(/\/account$/);
  await settled(page);
  await look("account-no-name");
}

async function signedIn(page: Page, inbox: Inbox, language: Language, look: Look): Promise<void> {
  const t = TEXTS[language];
  await page.getByLabel(t.givenName).fill(language === "ar" ? "عبدالرحمن" : "Abdulrahman");
  await page.locator("#family_name").fill(language === "ar" ? "الشهري القحطاني" : "Al-Shehri Al-Qahtani");
  await page.locator("#email").fill("abdulrahman.alshehri@example.com");
  await page.getByRole("button", { name: t.save, exact: true }).click();
  await expect(page.getByRole("status").filter({ hasText: t.saved })).toBeVisible();
  await settled(page);
  await look("account-saved");
  await page.locator("#email").fill("not an address");
  await page.getByRole("button", { name: t.save, exact: true }).click();
  await expect(summary(page)).toBeVisible();
  await settled(page);
  await look("account-error");

  for (const [name, path] of [
    // An error stays while the person stays on its page: somewhere else first.
    ["sessions", "/account/sessions"],
    ["account", "/account"],
    ["data", "/account/data"],
    ["delete", "/account/delete"],
    ["home-signed-in", "/"],
    ["phone", "/account/phone"],
  ]) {
    await open(page, path);
    await look(name);
  }
  await askForCode(page, freshPhone().typed, language);
  await expect(page).toHaveURL(/\/account\/phone\/code$/);
  await settled(page);
  await look("phone-code");
  await open(page, "/dev/sms");
  await look("dev-sms");
}
