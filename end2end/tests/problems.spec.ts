import { expect, test } from "../support/fixtures.ts";
import { heading } from "../support/steps.ts";
import { BROWSER_LOCALE, DIRECTION, LANGUAGES, TEXTS } from "../support/texts.ts";

const CODES = [
  "invalid-phone", "validation", "invalid-code", "challenge-not-found", "quota-exceeded", "unauthenticated", "session-ended",
  "fresh-authentication-required", "forbidden", "not-found", "endpoint-retired", "slot-taken", "hold-expired", "conflict", "malformed",
  "payload-too-large", "unsupported-media-type", "method-not-allowed", "unavailable", "internal",
];
const MISSING = { ar: "غير موجود", en: "Not found" };

for (const language of LANGUAGES) {
  test.describe(language, () => {
    test.use({ locale: BROWSER_LOCALE[language] });

    test("every problem has a page that explains it", async ({ page }) => {
      const titles = new Set<string>();
      for (const code of CODES) {
        const answer = await page.goto(`/problems/${code}`);
        expect(answer!.status(), code).toBe(200);
        await expect(page.locator("html")).toHaveAttribute("lang", language);
        await expect(page.getByRole("main")).toContainText(code);
        titles.add((await heading(page).textContent())!);
      }
      expect(titles.size).toBe(CODES.length);
    });

    test("an address that nobody knows gets a whole page with the right status", async ({ page }) => {
      for (const path of ["/no-such-page", "/problems/no-such-problem", "/account/nothing"]) {
        const answer = await page.goto(path);
        expect(answer!.status(), path).toBe(404);
        await expect(page.locator("html")).toHaveAttribute("dir", DIRECTION[language]);
        await expect(heading(page)).toHaveText(MISSING[language]);
        await expect(page).toHaveTitle(TEXTS[language].errorTitle);
        await expect(page.getByRole("main").getByRole("link")).toHaveAttribute("href", "/");
        // For asking about it; the same as in the header.
        await expect(page.getByRole("main")).toContainText(answer!.headers()["x-request-id"]);
      }
    });

    test("the front page says what this is and leads to the sign-in", async ({ page }) => {
      await page.goto("/");
      await expect(page).toHaveTitle(new RegExp(TEXTS[language].brand));
      await page.getByRole("main").getByRole("link").first().click();
      await expect(page).toHaveURL(/\/login$/);
    });
  });
}

test("a form's address opened as a page is a problem page, not a form", async ({ page }) => {
  const answer = await page.goto("/sf/log-out");
  expect(answer!.status()).toBe(405);
  await expect(heading(page)).toHaveText("Method not allowed");
});

test("a form sent from another site is refused", async ({ page }) => {
  const answer = await page.request.post("/sf/request-code", {
    form: { phone: "0501234567" },
    headers: { "Sec-Fetch-Site": "cross-site", Origin: "https://evil.example", Accept: "text/html" },
    maxRedirects: 0,
  });
  expect(answer.status()).toBe(403);
  expect(answer.headers()["content-type"]).toContain("text/html");
});
