import { createHash } from "node:crypto";
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page, test as plain } from "@playwright/test";
import { digest, search } from "../../app/src/components/robot_check.mjs";
import { testWith } from "../support/own-server.ts";
import { freshPhone } from "../support/phones.ts";
import { askForCode, heading, summary } from "../support/steps.ts";
import { BROWSER_LOCALE, type Language, LANGUAGES, TEXTS } from "../support/texts.ts";

const ALWAYS = { SALON__PROOF__DEMAND: "always" };
const LEAD = { ar: "نتحقق من أنك لست برنامجًا آليًا", en: "we check that you are not a robot" };
const WAIT = { ar: /اضغط الزر بعد \d+ (ثانية|ثوانٍ)/, en: /wait \d+ seconds, then press the button/ };
const EARLY = { ar: "لم يحن الوقت بعد", en: "That was too early" };
const READY = { ar: "اضغط الزر للمتابعة", en: "Press the button to go on" };

plain.describe("the script's SHA-256", () => {
  const hex = (words: Int32Array) => [...words].map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
  const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

  plain("is that of everybody, for every length it can meet", () => {
    // FIPS 180-4, and then an implementation that is not ours.
    expect(hex(digest("abc"))).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    for (let length = 0; length <= 55; length++) {
      const text = Array.from({ length }, (_, at) => String.fromCharCode(33 + ((at * 7 + length) % 94))).join("");
      expect(hex(digest(text)), `${length} characters`).toBe(sha256(text));
    }
  });

  plain("finds the solutions that the server's vectors name", () => {
    // As in crates/domain/src/proof.rs.
    expect(search("EgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", 16, 0, 100_000)).toBe(45_367);
    expect(search("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8g", 18, 0, 100_000)).toBe(5_591);
    expect(search("__jx6uPc1c7HwLmyq6Sdlo-IgXpzbGVeV1BJQjs0LSYf", 12, 0, 100_000)).toBe(2_510);
    expect(search("EgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", 16, 0, 45_367)).toBe(-1);
    // Ten digits are the longest number.
    const found = search("EgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", 8, 4_000_000_000, 100_000);
    expect(sha256(`EgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA${found}`)).toMatch(/^00/);
  });
});

const withScript = testWith({ ...ALWAYS });
const shortWait = testWith({ ...ALWAYS, SALON__PROOF__WAIT_S: "4" });
const noWait = testWith({ ...ALWAYS, SALON__PROOF__WAITS_PER_HOUR: "0" });

/** No number is good enough: the search goes on while the test looks on. */
async function neverDone(page: Page): Promise<void> {
  await page.addInitScript(() => {
    Math.clz32 = () => 0;
  });
}

for (const language of LANGUAGES) {
  const t = TEXTS[language];

  withScript.describe(`${language}, with JavaScript`, () => {
    withScript.use({ locale: BROWSER_LOCALE[language] });

    withScript("the browser proves itself and the code is sent, with nothing to do", async ({ page, phone, inbox }) => {
      await page.goto("/login");
      await page.getByLabel(t.phone).fill(phone.typed);
      await page.getByRole("button", { name: t.sendCode, exact: true }).click();
      await expect(page).toHaveURL(/\/login\/code$/, { timeout: 45_000 });
      await expect(heading(page)).toHaveText(t.codeTitle);
      expect(await inbox.wait(phone)).toHaveLength(1);
      await page.goBack();
      await expect(page.getByLabel(t.phone)).toHaveValue(phone.typed);
    });
  });

  withScript.describe(`${language}, while it works`, () => {
    withScript.use({ locale: BROWSER_LOCALE[language] });

    withScript("the page says what it does, stays awake and lets go when another number is typed", async ({ page, phone, inbox }) => {
      await neverDone(page);
      await page.goto("/login");
      await askForCode(page, phone.typed, language);
      const status = page.locator("#robot-status");
      await expect(page.locator("#robot-lead")).toContainText(LEAD[language]);
      await expect(status).toHaveAttribute("role", "status");
      await expect(status).not.toContainText(WAIT[language]);
      await expect(summary(page)).toHaveCount(0);
      await expect(page).not.toHaveTitle(t.errorTitle);
      const progress = page.getByRole("progressbar");
      await expect(progress).toBeVisible();
      const part = () => progress.evaluate((bar: HTMLProgressElement) => bar.value);
      await expect.poll(part).toBeGreaterThan(0);

      expect((await new AxeBuilder({ page }).setLegacyMode(true).analyze()).violations).toEqual([]);

      // A press changes nothing: the form goes by itself.
      await page.getByRole("button", { name: t.sendCode, exact: true }).click();
      await expect(page.getByLabel(t.phone)).toHaveValue(phone.typed);
      // The language can be changed meanwhile, and the check goes on.
      const other: Language = language === "ar" ? "en" : "ar";
      await page.getByRole("button", { name: t.other }).click();
      await expect(page.locator("#robot-lead")).toContainText(LEAD[other]);
      await expect(page.getByLabel(TEXTS[other].phone)).toHaveValue(phone.typed);
      await expect(progress).toBeVisible();

      const typedNow = freshPhone();
      await page.getByLabel(TEXTS[other].phone).fill(typedNow.typed);
      await expect(page.locator("#robot")).toBeHidden();
      await askForCode(page, typedNow.typed, other);
      await expect(page.locator("#robot")).toBeVisible();
      await expect(page.getByLabel(TEXTS[other].phone)).toHaveValue(typedNow.typed);
      expect(await inbox.messages(phone)).toHaveLength(0);
    });
  });

  shortWait.describe(`${language}, without JavaScript`, () => {
    shortWait.use({ locale: BROWSER_LOCALE[language], javaScriptEnabled: false });

    shortWait("one waits as long as the page says and presses the button", async ({ page, phone, inbox }) => {
      await page.goto("/login");
      await askForCode(page, phone.typed, language);
      await expect(page).toHaveURL(/\/login$/);
      await expect(page.locator("#robot-lead")).toContainText(LEAD[language]);
      await expect(page.locator("#robot-status")).toContainText(WAIT[language]);
      await expect(page.getByRole("progressbar")).toBeHidden();
      await expect(page.getByLabel(t.phone)).toHaveValue(phone.typed);

      await page.getByRole("button", { name: t.sendCode, exact: true }).click();
      await expect(page.locator("#robot-status")).toContainText(EARLY[language]);
      expect(await inbox.messages(phone)).toHaveLength(0);

      await expect(async () => {
        await page.reload();
        await expect(page.locator("#robot-status")).toContainText(READY[language], { timeout: 500 });
      }).toPass();
      await askForCode(page, phone.typed, language);
      await expect(page).toHaveURL(/\/login\/code$/);
      expect(await inbox.wait(phone)).toHaveLength(1);
    });
  });

  shortWait.describe(`${language}, on the slowest machine`, () => {
    shortWait.use({ locale: BROWSER_LOCALE[language] });

    shortWait("the wait is over first, and the code is sent without a solution", async ({ page, phone, inbox }) => {
      await neverDone(page);
      await page.goto("/login");
      await askForCode(page, phone.typed, language);
      await expect(page).toHaveURL(/\/login\/code$/);
      expect(await inbox.wait(phone)).toHaveLength(1);
    });
  });

  noWait.describe(`${language}, without JavaScript where nobody may wait`, () => {
    noWait.use({ locale: BROWSER_LOCALE[language], javaScriptEnabled: false });

    noWait("the page does not send anybody into a wait that leads nowhere", async ({ page, phone }) => {
      await page.goto("/login");
      await askForCode(page, phone.typed, language);
      await expect(page.locator("#robot-status")).toContainText("JavaScript");
      await expect(page.locator("#robot-status")).not.toContainText(/\d/);
    });
  });
}
