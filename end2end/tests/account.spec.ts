import { expect, test } from "../support/fixtures.ts";
import { heading, signUp, summary } from "../support/steps.ts";

for (const javaScriptEnabled of [true, false]) {
  test.describe(`${javaScriptEnabled ? "with" : "without"} JavaScript`, () => {
    test.use({ javaScriptEnabled });

    test("name and e-mail are saved, shown and removed again", async ({ page, phone, inbox }) => {
      await signUp(page, inbox, phone);
      // No name yet: the number stands for it.
      await expect(heading(page)).toHaveText(phone.shown);
      await page.getByLabel("First name").fill("سارة");
      await page.getByLabel("Family name").fill("O’Brien <b>");
      await page.getByLabel("E-mail").fill("sara@example.com");
      await page.getByRole("button", { name: "Save", exact: true }).click();

      await expect(page.getByRole("status").filter({ hasText: "Your changes are saved" })).toBeVisible();
      await expect(heading(page)).toHaveText("سارة O’Brien <b>");
      await expect(page.getByLabel("E-mail")).toHaveValue("sara@example.com");
      await expect(page.getByRole("navigation").getByRole("link", { name: /سارة/ })).toBeVisible();
      // Told once.
      await page.reload();
      await expect(page.getByText("Your changes are saved")).toHaveCount(0);
      await expect(page.getByLabel("First name")).toHaveValue("سارة");

      for (const label of ["First name", "Family name", "E-mail"]) await page.getByLabel(label).fill("");
      await page.getByRole("button", { name: "Save", exact: true }).click();
      await expect(page.getByText("Your changes are saved")).toBeVisible();
      await expect(heading(page)).toHaveText(phone.shown);
      await expect(page.getByLabel("E-mail")).toHaveValue("");
    });

    test("an e-mail that is none is refused and nothing typed is lost", async ({ page, phone, inbox }) => {
      await signUp(page, inbox, phone);
      await page.getByLabel("First name").fill("Sara");
      await page.getByLabel("E-mail").fill("sara at example");
      await page.getByRole("button", { name: "Save", exact: true }).click();
      await expect(summary(page)).toContainText("Enter a whole e-mail address");
      await expect(page).toHaveTitle(/^Error:/);
      await expect(page.getByLabel("E-mail")).toHaveValue("sara at example");
      await expect(page.getByLabel("E-mail")).toHaveAttribute("aria-invalid", "true");
      await expect(page.getByLabel("First name")).toHaveValue("Sara");
      await expect(page.getByLabel("First name")).not.toHaveAttribute("aria-invalid");
    });

    test("the language of the account is the language of its pages", async ({ page, phone, inbox }) => {
      await signUp(page, inbox, phone);
      await page.getByRole("radio", { name: "العربية" }).check();
      await page.getByRole("button", { name: "Save", exact: true }).click();
      await expect(page.locator("html")).toHaveAttribute("lang", "ar");
      await expect(page.locator("html")).toHaveAttribute("dir", "rtl");
      await expect(page.getByRole("status").filter({ hasText: "حُفظت التغييرات" })).toBeVisible();
      await expect(page.getByRole("radio", { name: "العربية" })).toBeChecked();
    });
  });
}

test("a name of control and bidi characters is cleaned, and one that is too long is refused", async ({ page, phone, inbox }) => {
  await signUp(page, inbox, phone);
  await page.getByLabel("First name").fill("\u202eSa\u200bra\u2066");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Your changes are saved")).toBeVisible();
  await expect(page.getByLabel("First name")).toHaveValue("Sara");

  await page.getByLabel("First name").fill("ص".repeat(5_000));
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(summary(page)).toContainText("The text is too long");
});

test("the number stands on the account exactly once when there is a name", async ({ page, phone, inbox }) => {
  await signUp(page, inbox, phone);
  await page.getByLabel("First name").fill("Sara");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Your changes are saved")).toBeVisible();
  await expect(page.locator("bdi.phone")).toHaveCount(1);
  await expect(page.locator("bdi.phone")).toHaveText(phone.shown);
  await expect(page.locator("bdi.phone")).toHaveAttribute("dir", "ltr");
});
