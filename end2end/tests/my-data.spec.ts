import { readFile } from "node:fs/promises";
import { expect, test } from "../support/fixtures.ts";
import { heading, signUp } from "../support/steps.ts";

test("my data can be read and taken away, and holds no secret", async ({ page, phone, inbox }) => {
  await signUp(page, inbox, phone);
  const code = await inbox.code(phone);
  await page.getByRole("link", { name: /^Show my data/ }).click();
  await expect(heading(page)).toHaveText("My data");
  await expect(page.getByRole("main")).toContainText(phone.shown);

  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download as JSON" }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe("salon.json");
  const text = await readFile(await file.path(), "utf8");
  expect(JSON.stringify(JSON.parse(text))).toContain(phone.e164);
  expect(text).not.toContain(code);
  for (const cookie of await page.context().cookies()) expect(text).not.toContain(cookie.value);
});
