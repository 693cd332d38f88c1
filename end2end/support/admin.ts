import { execFileSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { resolve } from "node:path";
import { expect, type Page } from "@playwright/test";
import { test as base } from "./fixtures.ts";
import type { Inbox } from "./inbox.ts";
import { freshPhone, type Phone } from "./phones.ts";
import { signUp } from "./steps.ts";
import type { Language } from "./texts.ts";

export const BINARY = resolve(process.env.SALON_E2E_SERVER ?? "../target/debug/salon");
// Of the common server, set by `cargo xtask e2e`. Against a server of your own: that of its database.
export const DATABASE = process.env.SALON_E2E_DATABASE ?? `sqlite://${resolve("../data/salon.db")}`;

export const ENROL = {
  ar: { begin: "إعداد تطبيق مصادقة", code: "الرمز من التطبيق", confirm: "تأكيد", kept: "حفظتها، تابع" },
  en: { begin: "Set up an authenticator app", code: "Code of the app", confirm: "Confirm", kept: "I have kept them, go on" },
} as const;

type Admin = {
  phone: Phone;
  /** What the app of this admin shows now. */
  code: () => string;
};

/** What an authenticator app shows (RFC 6238): the test's own reckoning, out of the key that the page shows. */
export function totp(key: string, atMs: number): string {
  const bits = [...key.replace(/\s/g, "")].map((letter) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0")).join("");
  const bytes = Buffer.from(bits.match(/.{8}/g)!.map((byte) => Number.parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(atMs / 30_000)));
  const digest = createHmac("sha1", bytes).update(step).digest();
  const number = digest.readUInt32BE(digest[19] & 0x0f) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, "0");
}

/** As an operator does at the server itself. */
export function grant(phone: Phone, role = "platform_admin"): void {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("SALON__"));
  const env = { ...Object.fromEntries(inherited), DATABASE_URL: DATABASE, SALON__ENV: "development" };
  execFileSync(BINARY, ["user", "grant", phone.e164, role], { env, stdio: ["ignore", "ignore", "inherit"] });
}

/** Signs somebody new in, makes them an admin, and lets them set up their app. They end at `/account`. */
export async function becomeAdmin(page: Page, inbox: Inbox, language: Language = "en", role = "platform_admin"): Promise<Admin> {
  const phone = freshPhone();
  await signUp(page, inbox, phone, language);
  grant(phone, role);
  const t = ENROL[language];
  // Whoever has no second factor is led to it.
  await page.goto("/admin");
  await expect(page).toHaveURL(/\/admin\/enrol$/);
  await page.getByRole("button", { name: t.begin, exact: true }).click();
  const key = await page.locator("code.key").innerText();
  const code = () => totp(key, Date.now());
  await page.getByLabel(t.code, { exact: true }).fill(code());
  await page.getByRole("button", { name: t.confirm, exact: true }).click();
  await expect(page).toHaveURL(/\/admin\/enrol\/codes$/);
  await page.getByRole("button", { name: t.kept, exact: true }).click();
  await expect(page).not.toHaveURL(/\/codes$/);
  return { phone, code };
}

type Fixtures = {
  admin: Admin;
  /** The page of that admin. */
  desk: Page;
  language: Language;
  /** Somebody who has signed in, in a window of their own. */
  customer: Phone;
};

/** A `test` with an admin who is past every door. `language` is that of the page. */
export const test = base.extend<Fixtures>({
  language: ["en", { option: true }],
  admin: async ({ page, inbox, language }, use) => use(await becomeAdmin(page, inbox, language)),
  desk: async ({ page, admin }, use) => {
    expect(admin.code()).toMatch(/^\d{6}$/);
    await use(page);
  },
  customer: async ({ browser, inbox, noise, extraHTTPHeaders, language }, use) => {
    const context = await browser.newContext({ extraHTTPHeaders });
    noise.listen(context);
    const phone = freshPhone();
    await signUp(await context.newPage(), inbox, phone, language);
    await use(phone);
    await context.close();
  },
});

/** Waits until the keys of the page do something. */
export async function keysReady(page: Page): Promise<void> {
  await expect(page.locator("html")).toHaveAttribute("data-keys", "");
}

/** Adds a person by phone, as the admin does: search, then the button below the empty list. Gives the address of their page. */
export async function addPerson(page: Page, phone: Phone, language: Language = "en"): Promise<string> {
  await page.goto(`/admin/users?q=${phone.typed}`);
  await page.getByRole("button", { name: ADMIN[language].add, exact: true }).click();
  await expect(page).toHaveURL(/\/admin\/users\/[0-9a-f-]{36}/);
  return new URL(page.url()).pathname;
}

/** Opens the page of somebody who is there. Gives its address. */
export async function openPerson(page: Page, phone: Phone): Promise<string> {
  await page.goto(`/admin/users?status=any&q=${phone.typed}`);
  await page.getByRole("main").getByRole("link").filter({ hasText: phone.shown }).click();
  await expect(page).toHaveURL(/\/admin\/users\/[0-9a-f-]{36}/);
  return new URL(page.url()).pathname;
}

/** The words an admin looks for. */
export const ADMIN = {
  ar: {
    people: "الأشخاص",
    menu: "القائمة",
    nav: "قائمة الإدارة",
    find: "ابحث عن شخص",
    search: "بحث",
    add: "أضف هذا المستخدم",
    palette: "انتقل إلى صفحة أو ابحث عن شخص",
    guessing: "احتمال التخمين",
    help: "المساعدة",
    keys: "المفاتيح",
    hijri: "التواريخ: هجري",
    gregorian: "التواريخ: ميلادي",
    hijriYear: / هـ/,
    lettersOff: "أوقف المفاتيح المفردة",
    notStaff: "هذه الصفحات للعاملين",
    notForRole: "دورك لا يشمل هذه الصفحة",
    nothingForRole: "لا صالون لك بعد",
  },
  en: {
    people: "People",
    menu: "Menu",
    nav: "Admin menu",
    find: "Find a person",
    search: "Search",
    add: "Add this user",
    palette: "Go to a page or find a person",
    guessing: "Guessing",
    help: "Help",
    keys: "Keys",
    hijri: "Dates: Hijri",
    gregorian: "Dates: Gregorian",
    hijriYear: / AH/,
    lettersOff: "Turn single keys off",
    notStaff: "These pages are for the team",
    notForRole: "Your role does not cover this page",
    nothingForRole: "You have no salon yet",
  },
} as const;

/** A page of the admin: what it is called in reports, and where it is. */
export type AdminPage = { name: string; path: (person: string) => string };

/**
 * Every page of the admin; `person` is the address of somebody's page.
 *
 * To add a page: a line.
 */
export const ADMIN_PAGES: AdminPage[] = [
  { name: "users", path: () => "/admin/users" },
  { name: "users-filtered", path: () => "/admin/users?status=any&verified=no&joined_from=2020-01-01" },
  { name: "users-nobody", path: () => "/admin/users?q=nobody.at.all@example.com" },
  { name: "user", path: (person) => person },
  { name: "user-bookings", path: (person) => `${person}/bookings` },
  { name: "user-new", path: () => "/admin/users/new" },
  ...["sessions", "codes", "messages", "notes", "audit", "consents", "privacy", "phone", "export", "export/read", "erase"].map((tab) => ({
    name: `user-${tab}`,
    path: (person: string) => `${person}/${tab}`,
  })),
  { name: "audit", path: () => "/admin/audit" },
  { name: "audit-nothing", path: () => "/admin/audit?from=2020-01-01&to=2020-01-02" },
  { name: "messages", path: () => "/admin/messages" },
  { name: "abuse", path: () => "/admin/abuse" },
  { name: "guessing", path: () => "/admin/guessing" },
  { name: "settings", path: () => "/admin/settings" },
  { name: "privacy", path: () => "/admin/privacy" },
  { name: "privacy-closed", path: () => "/admin/privacy?state=closed" },
  { name: "retention", path: () => "/admin/retention" },
  { name: "help", path: () => "/admin/help" },
  { name: "enrol", path: () => "/admin/enrol" },
  { name: "verify", path: () => "/admin/verify" },
  { name: "not-found", path: () => "/admin/users/01936f5e-0000-7000-8000-000000000000" },
];

/** Pages that show the same list under the same title. */
export const SAME_TITLE = new Set(["users-filtered", "users-nobody", "audit-nothing", "privacy-closed", "user-export/read"]);
