import { expect, test } from "../support/fixtures.ts";
import { askForCode, awake, summary } from "../support/steps.ts";
import { BROWSER_LOCALE, LANGUAGES, TEXTS } from "../support/texts.ts";

const WAIT = { ar: /أرسلنا رمزًا إلى هذا الرقم قبل لحظات\. يمكنك طلب رمز آخر بعد (\d+) ثانية/, en: /ask for another in (\d+) seconds/ };

for (const language of LANGUAGES) {
  test.describe(`${language}, without JavaScript`, () => {
    test.use({ locale: BROWSER_LOCALE[language], javaScriptEnabled: false });

    test("asking again before the wait is over says the seconds", async ({ page, phone, inbox }) => {
      const t = TEXTS[language];
      await page.goto("/login");
      await askForCode(page, phone.typed, language);
      await inbox.wait(phone);
      await page.getByRole("button", { name: t.resend }).click();
      await expect(page).toHaveURL(/\/login\/code$/);
      const said = WAIT[language].exec((await summary(page).textContent()) ?? "");
      expect(said, await summary(page).textContent() ?? "").not.toBeNull();
      expect(Number(said![1])).toBeLessThanOrEqual(60);
      expect(Number(said![1])).toBeGreaterThan(0);
      // The code that was sent can still be entered.
      await expect(page.getByLabel(t.code, { exact: true })).toBeVisible();
      expect(await inbox.messages(phone)).toHaveLength(1);
    });
  });
}

test("with JavaScript the button waits and a countdown tells how long, without being read out each second", async ({ page, phone }) => {
  await page.goto("/login");
  await askForCode(page, phone.typed);
  await expect(page).toHaveURL(/\/login\/code$/);
  await awake(page);
  await expect(page.getByRole("button", { name: TEXTS.en.resend })).toBeDisabled();
  const countdown = page.getByRole("timer");
  await expect(countdown).toContainText(/You can ask again in \d+ s/);
  await expect(countdown).not.toHaveAttribute("aria-live", /polite|assertive/);
  const first = Number(/\d+/.exec((await countdown.textContent())!)![0]);
  await expect.poll(async () => Number(/\d+/.exec((await countdown.textContent())!)![0])).toBeLessThan(first);
});

test("asking for a code twice for one number leads to the code that was sent", async ({ page, phone, inbox }) => {
  await page.goto("/login");
  await askForCode(page, phone.typed);
  await inbox.wait(phone);
  await page.getByRole("link", { name: "Change number" }).click();
  await expect(page).toHaveURL(/\/login$/);
  await expect(page.getByLabel("Mobile number")).toHaveValue(phone.typed);
  await page.getByRole("button", { name: TEXTS.en.sendCode }).click();
  await expect(page).toHaveURL(/\/login\/code$/);
  await expect(page.getByRole("status").filter({ hasText: "it is still good" })).toBeVisible();
  expect(await inbox.messages(phone)).toHaveLength(1);
});
