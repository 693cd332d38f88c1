import { expect, test } from "../support/fixtures.ts";
import { proveNumber, signUp } from "../support/steps.ts";

const AWAY = [
  "//evil.example",
  "https://evil.example/",
  "/\\evil.example",
  "\\\\evil.example",
  "javascript:alert(1)",
  "/%2e%2e//evil.example",
  "/x/..//evil.example",
  "/account\nLocation: https://evil.example",
  "/login?next=//evil.example",
  "/sf/log-out",
];

test("a page that needs a sign-in is where the sign-in ends", async ({ page, phone, inbox }) => {
  await page.goto("/account/sessions");
  await expect(page).toHaveURL(/\/login\?next=\/account\/sessions$/);
  await proveNumber(page, inbox, phone);
  // First time: the name comes in between, and the way on is kept.
  await expect(page).toHaveURL(/\/welcome$/);
  await page.getByRole("link", { name: "Skip", exact: true }).click();
  await expect(page).toHaveURL(/\/account\/sessions$/);
});

test("every page of a person leads to the sign-in and back", async ({ page }) => {
  for (const path of ["/account", "/account/phone", "/account/phone/code", "/account/sessions", "/account/data", "/account/data.json", "/account/delete", "/welcome"]) {
    const answer = await page.request.get(path, { maxRedirects: 0 });
    expect(answer.status(), path).toBe(303);
    expect(answer.headers()["location"], path).toBe(`/login?next=${path}`);
  }
});

test("a sign-in never ends on another site", async ({ page, phone, inbox }) => {
  await page.goto(`/login?next=${encodeURIComponent("//evil.example")}`);
  const next = page.locator("#main-form input[name=next]");
  await expect(next).toHaveValue("");
  // Not even when the form itself was tampered with.
  await next.evaluate((field: HTMLInputElement) => (field.value = "//evil.example"));
  await proveNumber(page, inbox, phone);
  await page.getByRole("link", { name: "Skip", exact: true }).click();
  await expect(page).toHaveURL(/\/account$/);
});

test("whoever is signed in already is not sent away either", async ({ page, phone, inbox }) => {
  await signUp(page, inbox, phone);
  const where = async (next: string) => {
    const answer = await page.request.get("/login", { params: { next }, maxRedirects: 0 });
    expect(answer.status()).toBe(303);
    return answer.headers()["location"];
  };
  expect(await where("/account/sessions?x=1")).toBe("/account/sessions?x=1");
  for (const next of AWAY) expect(await where(next), next).toBe("/account");
});

test("where a form was sent from does not decide where it leads", async ({ page, phone, inbox }) => {
  await signUp(page, inbox, phone);
  const answer = await page.request.post("/sf/save-name", {
    form: { given_name: "Sara" },
    headers: { "Sec-Fetch-Site": "same-origin", Referer: "https://evil.example/" },
    maxRedirects: 0,
  });
  expect(answer.status()).toBe(303);
  expect(answer.headers()["location"]).toBe("/account");
});
