import { expect, test } from "../support/fixtures.ts";
import { askForCode, awake } from "../support/steps.ts";

test.beforeEach(async ({ page, phone }) => {
  await page.goto("/login");
  await askForCode(page, phone.typed);
  await expect(page).toHaveURL(/\/login\/code$/);
  await awake(page);
});

test("a code that the phone fills in is sent by itself", async ({ page, phone, inbox }) => {
  const code = await inbox.code(phone);
  // As browsers do it: the value at once, and an event that names no kind of typing.
  await page.getByLabel("Code", { exact: true }).evaluate((field: HTMLInputElement, value) => {
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }, code);
  await expect(page).toHaveURL(/\/welcome$/);
});

test("a code that is typed is not sent by itself", async ({ page, phone, inbox }) => {
  const code = await inbox.code(phone);
  const field = page.getByLabel("Code", { exact: true });
  await field.pressSequentially(code);
  await expect(field).toHaveValue(code);
  // Sending marks the form at once.
  await expect(page.locator("form[aria-busy]")).toHaveCount(0);
  await expect(page).toHaveURL(/\/login\/code$/);
});

test("the fields tell the browser and the keyboard what they are", async ({ page }) => {
  const code = page.getByLabel("Code", { exact: true });
  const wanted = { type: "text", inputmode: "numeric", autocomplete: "one-time-code", dir: "ltr" };
  for (const [name, value] of Object.entries(wanted)) await expect(code).toHaveAttribute(name, value);
  for (const name of ["maxlength", "pattern"]) await expect(code).not.toHaveAttribute(name);
  await expect(code).toBeFocused();

  await page.goto("/login");
  const phone = page.getByLabel("Mobile number");
  for (const [name, value] of Object.entries({ type: "tel", inputmode: "tel", autocomplete: "tel", dir: "ltr" })) {
    await expect(phone).toHaveAttribute(name, value);
  }
  for (const name of ["maxlength", "pattern"]) await expect(phone).not.toHaveAttribute(name);
});
