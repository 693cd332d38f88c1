import { expect, type Page } from "@playwright/test";
import type { Inbox } from "./inbox.ts";
import type { Phone } from "./phones.ts";
import { type Language, TEXTS } from "./texts.ts";

/** The heading of the page, of which there is one. */
export function heading(page: Page) {
  return page.getByRole("heading", { level: 1 });
}

/** The summary above a form that was refused. */
export function summary(page: Page) {
  return page.getByRole("alert");
}

/** Presses a button that sends its form, and waits for the page that answers. */
async function send(page: Page, name: string): Promise<void> {
  const answered = page.waitForEvent("domcontentloaded");
  await page.getByRole("button", { name, exact: true }).click();
  await answered;
}

/** Fills the phone in and asks for a code. */
export async function askForCode(page: Page, typed: string, language: Language = "en"): Promise<void> {
  const t = TEXTS[language];
  await page.getByLabel(t.phone).fill(typed);
  await send(page, t.sendCode);
}

export async function enterCode(page: Page, code: string, language: Language = "en"): Promise<void> {
  const t = TEXTS[language];
  await page.getByLabel(t.code, { exact: true }).fill(code);
  await send(page, t.confirm);
}

/** From the phone page to where the code page leads: the welcome page for somebody new. */
export async function proveNumber(page: Page, inbox: Inbox, phone: Phone, language: Language = "en"): Promise<void> {
  const code = await inbox.codeAfter(phone, () => askForCode(page, phone.typed, language));
  await expect(page).toHaveURL(/\/login\/code$/);
  await enterCode(page, code, language);
}

/** Signs somebody new in and skips the name. */
export async function signUp(page: Page, inbox: Inbox, phone: Phone, language: Language = "en"): Promise<void> {
  await page.goto("/login");
  await proveNumber(page, inbox, phone, language);
  await expect(page).toHaveURL(/\/welcome$/);
  await page.getByRole("link", { name: TEXTS[language].skip, exact: true }).click();
  await expect(page).toHaveURL(/\/account$/);
}

/** Waits until the islands of the page are awake. */
export async function awake(page: Page): Promise<void> {
  await expect(page.locator("html")).toHaveAttribute("data-awake", "");
}
