import { expect, test } from "../support/fixtures.ts";
import { askForCode, enterCode, heading, signUp, summary } from "../support/steps.ts";
import { TEXTS } from "../support/texts.ts";

for (const javaScriptEnabled of [true, false]) {
  test.describe(`${javaScriptEnabled ? "with" : "without"} JavaScript`, () => {
    test.use({ javaScriptEnabled });

    test("the switch keeps the page and what was typed", async ({ page }) => {
      await page.goto("/login?next=/account/sessions");
      await page.getByLabel("Mobile number").fill("05 0123");
      await page.getByRole("button", { name: TEXTS.en.other }).click();
      await expect(page.locator("html")).toHaveAttribute("lang", "ar");
      await expect(page.locator("html")).toHaveAttribute("dir", "rtl");
      await expect(page).toHaveURL(/\/login\?next=\/account\/sessions$/);
      await expect(page.getByLabel(TEXTS.ar.phone)).toHaveValue("05 0123");

      await page.getByRole("button", { name: TEXTS.ar.other }).click();
      await expect(page.locator("html")).toHaveAttribute("lang", "en");
      await expect(page.getByLabel("Mobile number")).toHaveValue("05 0123");
    });

    test("an error is told in the other language too", async ({ page }) => {
      await page.goto("/login");
      await askForCode(page, "0112345678");
      await page.getByRole("button", { name: TEXTS.en.other }).click();
      await expect(summary(page)).toContainText("هذا ليس رقم جوال ولا يستقبل رسائل");
      await expect(page.getByLabel(TEXTS.ar.phone)).toHaveValue("0112345678");
    });

    test("the switch on the code page keeps the challenge", async ({ page, phone, inbox }) => {
      await page.goto("/login");
      await askForCode(page, phone.typed);
      await page.getByRole("button", { name: TEXTS.en.other }).click();
      await expect(page).toHaveURL(/\/login\/code$/);
      await expect(heading(page)).toHaveText(TEXTS.ar.codeTitle);
      await expect(page.locator("bdi.phone").first()).toHaveText(phone.shown);
      await enterCode(page, await inbox.code(phone), "ar");
      await expect(page).toHaveURL(/\/welcome$/);
    });

    test("the switch on the account keeps what was not saved yet", async ({ page, phone, inbox }) => {
      await signUp(page, inbox, phone);
      await page.getByLabel("First name").fill("سارة");
      await page.getByLabel("Family name").fill("العتيبي");
      await page.getByLabel("E-mail").fill("sara@example");
      await page.getByRole("button", { name: TEXTS.en.other }).click();
      await expect(page.locator("html")).toHaveAttribute("lang", "ar");
      await expect(page).toHaveURL(/\/account$/);
      await expect(page.getByLabel("الاسم الأول")).toHaveValue("سارة");
      await expect(page.getByLabel("اسم العائلة")).toHaveValue("العتيبي");
      await expect(page.getByLabel("البريد الإلكتروني")).toHaveValue("sara@example");
    });
  });
}

test("the switch keeps a code that is half typed", async ({ page, phone }) => {
  await page.goto("/login");
  await askForCode(page, phone.typed);
  await page.getByLabel("Code", { exact: true }).fill("123");
  await page.getByRole("button", { name: TEXTS.en.other }).click();
  await expect(page.getByLabel(TEXTS.ar.code, { exact: true })).toHaveValue("123");
});

test("pages without a form switch too, the missing one included", async ({ page }) => {
  for (const path of ["/", "/problems/quota-exceeded", "/no-such-page?x=1"]) {
    await page.goto(path);
    const was = await page.locator("html").getAttribute("lang");
    const to = was === "en" ? "ar" : "en";
    await page.getByRole("button", { name: TEXTS[was === "en" ? "en" : "ar"].other }).click();
    await expect(page.locator("html")).toHaveAttribute("lang", to);
    expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe(path);
  }
});

test.describe("a browser that asks for neither", () => {
  test.use({ locale: "fr-FR" });

  test("is answered in Arabic", async ({ page }) => {
    await page.goto("/");
    await expect(page.locator("html")).toHaveAttribute("lang", "ar");
    await expect(page.locator("html")).toHaveAttribute("dir", "rtl");
  });
});

test("the language chosen by hand outlives the session and is the language of the texts", async ({ page, phone, inbox }) => {
  await page.goto("/login");
  await page.getByRole("button", { name: TEXTS.en.other }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "ar");
  await askForCode(page, phone.typed, "ar");
  const [text] = await inbox.wait(phone);
  expect(text.locale).toBe("ar");
  expect(text.body).toMatch(/[\u0600-\u06ff]/);
});
