import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "@playwright/test";
import { testWith } from "../support/own-server.ts";
import { askForCode, awake } from "../support/steps.ts";
import { BROWSER_LOCALE, LANGUAGES, TEXTS } from "../support/texts.ts";

// A provider that takes its time before it says that the number cannot receive: the page is there long before. One a worker.
const WAIT_MS = 4_000;
const provider = createServer((request, response) => {
  request.resume().on("end", () => {
    setTimeout(() => response.writeHead(422, { "Content-Type": "application/json" }).end('{"error":"invalid_number"}'), WAIT_MS);
  });
});
await new Promise<void>((listening) => provider.listen(0, "127.0.0.1", listening));
provider.unref();

const test = testWith({
  SALON__SMS__PROVIDER: "webhook",
  SALON__SMS__WEBHOOK_URL: `http://127.0.0.1:${(provider.address() as AddressInfo).port}/send`,
  SALON__SMS__WEBHOOK_SECRET: "0123456789abcdefghijklmnopqrstuvwxyz",
});
const NOT_DELIVERED = { ar: "تعذّر إرسال الرسالة إلى هذا الرقم", en: "The text could not be sent to this number" };

for (const language of LANGUAGES) {
  test.describe(language, () => {
    test.use({ locale: BROWSER_LOCALE[language] });

    test("a page that was there first says it when it learns it, and takes nothing away", async ({ page, phone }) => {
      const t = TEXTS[language];
      await page.goto("/login");
      await askForCode(page, phone.typed, language);
      await expect(page).toHaveURL(/\/login\/code$/);
      await awake(page);
      const field = page.getByLabel(t.code, { exact: true });
      await field.fill("12");
      const told = page.getByRole("alert").filter({ hasText: NOT_DELIVERED[language] });
      await expect(told).toHaveCount(0);
      await expect(told).toBeVisible({ timeout: 30_000 });
      await expect(field).toHaveValue("12");
      await expect(field).toBeFocused();
    });
  });
}
