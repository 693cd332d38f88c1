import type { Page } from "@playwright/test";
import { expect, test } from "../support/fixtures.ts";
import { awake } from "../support/steps.ts";

test.beforeEach(async ({ page }) => {
  await page.goto("/login");
  await awake(page);
});

/** Presses the button as a hand does: where it is before the press, and with time between down and up. */
async function press(page: Page, settled: () => Promise<void>): Promise<void> {
  const button = (await page.getByRole("button", { name: "Send the code" }).boundingBox())!;
  await page.mouse.move(button.x + button.width / 2, button.y + button.height / 2);
  await page.mouse.down();
  await settled();
  await page.mouse.up();
}

test("a number that cannot be right is told when the field is left, and the word goes when typing goes on", async ({ page }) => {
  const field = page.getByLabel("Mobile number");
  const said = page.locator("#phone-live");
  await field.pressSequentially("05012");
  await expect(said).toHaveText("");
  await field.blur();
  await expect(said).toHaveText("The number is too short. Example: 0501234567");
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await field.pressSequentially("3");
  await expect(said).toHaveText("");
  await expect(field).not.toHaveAttribute("aria-invalid");
});

test("nobody is scolded for passing through an empty field", async ({ page }) => {
  await page.getByLabel("Mobile number").focus();
  await page.keyboard.press("Tab");
  await expect(page.locator("#phone-live")).toHaveText("");
});

// Leaving the field shows a message or removes one. The button must not move from under the pointer between press and release.
test("the press that leaves a wrong number is not lost", async ({ page }) => {
  await page.getByLabel("Mobile number").pressSequentially("05012");
  await press(page, () => expect(page.locator("#phone-live")).not.toHaveText(""));
  await expect(page.getByRole("alert")).toContainText("The number is too short");
});

test("the press that leaves a corrected number is not lost", async ({ page, phone }) => {
  const field = page.getByLabel("Mobile number");
  await field.fill("0112345678");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert")).toContainText("This is not a mobile number");
  await awake(page);
  await field.click();
  await field.press("ControlOrMeta+A");
  await field.pressSequentially(phone.typed);
  await press(page, () => expect(page.locator("#phone-error")).toBeHidden());
  await expect(page).toHaveURL(/\/login\/code$/);
});
