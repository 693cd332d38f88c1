import { expect, test } from "../support/fixtures.ts";
import { wrongCode } from "../support/phones.ts";
import { askForCode, enterCode, heading, summary } from "../support/steps.ts";
import { BROWSER_LOCALE, LANGUAGES, TEXTS } from "../support/texts.ts";

const LEFT = {
  ar: ["بقيت لك 4 محاولات", "بقيت لك 3 محاولات", "بقيت لك محاولتان", "بقيت لك محاولة واحدة"],
  en: ["4 attempts left", "3 attempts left", "2 attempts left", "1 attempt left"],
};
const DEAD = { ar: "فأوقفنا هذا الرمز", en: "so we stopped this code" };
const WAIT = { ar: /بعد \d+ (ثانية|ثوانٍ)/, en: /in \d+ seconds?/ };

for (const language of LANGUAGES) {
  for (const javaScriptEnabled of [true, false]) {
    test.describe(`${language}, ${javaScriptEnabled ? "with" : "without"} JavaScript`, () => {
      test.use({ locale: BROWSER_LOCALE[language], javaScriptEnabled });

      test("wrong codes are counted down, and after five the code is dead and the page says what to do", async ({ page, phone, inbox }) => {
        const t = TEXTS[language];
        await page.goto("/login");
        await askForCode(page, phone.typed, language);
        const right = await inbox.code(phone);

        for (const [guess, left] of LEFT[language].entries()) {
          await enterCode(page, wrongCode(right, guess + 1), language);
          await expect(summary(page)).toContainText(left);
          await expect(page).toHaveTitle(t.errorTitle);
          const field = page.getByLabel(t.code, { exact: true });
          await expect(field).toHaveAttribute("aria-invalid", "true");
          await expect(field).toHaveAttribute("aria-describedby", /code-error/);
          await expect(page.locator("#code-error")).toContainText(left);
          // The number stays in view, with the way to change it.
          await expect(page.locator("bdi.phone").first()).toHaveText(phone.shown);
        }

        await enterCode(page, wrongCode(right, 5), language);
        await expect(summary(page)).toContainText(DEAD[language]);
        await expect(page.getByLabel(t.code, { exact: true })).toHaveCount(0);

        // The way on is there; before the wait is over it says how long.
        await page.getByRole("button", { name: t.newCode }).click();
        await expect(page).toHaveURL(/\/login$/);
        await expect(heading(page)).toHaveText(t.signIn);
        await expect(summary(page)).toContainText(WAIT[language]);
        await expect(page.getByLabel(t.phone)).toHaveValue(phone.typed);
      });
    });
  }
}

test("the right code is worth nothing once its challenge is dead", async ({ page, phone, inbox }) => {
  await page.goto("/login");
  await askForCode(page, phone.typed);
  const right = await inbox.code(phone);
  const late = await page.context().newPage();
  await late.goto("/login/code");
  for (const step of [1, 2, 3, 4, 5]) {
    await enterCode(page, wrongCode(right, step));
    await expect(summary(page)).toBeVisible();
  }
  // A tab that still shows the field.
  await enterCode(late, right);
  await expect(late).toHaveURL(/\/login\/code$/);
  await expect(summary(late)).toBeVisible();
  await late.goto("/account");
  await expect(late).toHaveURL(/\/login\?next=/);
});

test("a wrong code stays in the field, to be put right", async ({ page, phone, inbox }) => {
  await page.goto("/login");
  await askForCode(page, phone.typed);
  const wrong = wrongCode(await inbox.code(phone));
  await enterCode(page, wrong);
  await expect(summary(page)).toContainText("4 attempts left");
  await expect(page.getByLabel("Code", { exact: true })).toHaveValue(wrong);
});

test("no code and half a code are told without being counted", async ({ page, phone, inbox }) => {
  await page.goto("/login");
  await askForCode(page, phone.typed);
  const right = await inbox.code(phone);
  for (const typed of ["", "   ", "hello", right.slice(0, 3)]) {
    await enterCode(page, typed);
    await expect(summary(page)).toContainText("Enter the code from the text");
  }
  await enterCode(page, wrongCode(right));
  await expect(summary(page)).toContainText("4 attempts left");
});
