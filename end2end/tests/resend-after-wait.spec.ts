import { expect } from "@playwright/test";
import { testWith } from "../support/own-server.ts";
import { askForCode, enterCode } from "../support/steps.ts";
import { TEXTS } from "../support/texts.ts";

const test = testWith({ SALON__OTP__COOLDOWN_S: "2" });

test("with JavaScript the button comes free when the countdown ends, and sends the same code", async ({ page, phone, inbox }) => {
  await page.goto("/login");
  await askForCode(page, phone.typed);
  const code = await inbox.code(phone);
  const again = page.getByRole("button", { name: TEXTS.en.resend });
  await expect(again).toBeEnabled();
  await expect(page.getByRole("timer")).toBeHidden();
  await again.click();
  await expect(page.getByRole("status").filter({ hasText: "We sent the same code again" })).toBeVisible();
  const texts = await inbox.wait(phone, 2);
  expect(texts.map((text) => text.code)).toEqual([code, code]);
  await enterCode(page, code);
  await expect(page).toHaveURL(/\/welcome$/);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("the button works once the wait is over", async ({ page, phone, inbox }) => {
    await page.goto("/login");
    await askForCode(page, phone.typed);
    await inbox.wait(phone);
    await expect(async () => {
      await page.getByRole("button", { name: TEXTS.en.resend }).click();
      await expect(page.getByText("We sent the same code again")).toBeVisible({ timeout: 200 });
    }).toPass();
    expect((await inbox.wait(phone, 2)).length).toBe(2);
  });
});
