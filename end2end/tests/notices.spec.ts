import type { Browser, BrowserContext, Page } from "@playwright/test";
import { loosePhones, smallTargets, wideThings } from "../support/checks.ts";
import { expect } from "../support/fixtures.ts";
import type { Inbox } from "../support/inbox.ts";
import type { Noise } from "../support/noise.ts";
import { testWith } from "../support/own-server.ts";
import type { Phone } from "../support/phones.ts";
import { askForCode, enterCode, heading, signUp } from "../support/steps.ts";
import { BROWSER_LOCALE, DIRECTION, type Language, LANGUAGES } from "../support/texts.ts";

// The same person signs in from several browsers within a minute.
const eager = testWith({ SALON__OTP__COOLDOWN_S: "1" });
const IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1";

const WORDS = {
  ar: { title: "ما حدث في حسابك", what: "تسجيل دخول جديد", device: "Safari على iPhone", ask: "ليس أنت؟", end: /^إنهاء الجلسة/, ended: "انتهت الجلسة.", over: "هذه الجلسة انتهت.", putAway: "فهمت" },
  en: { title: "What happened to your account", what: "New sign-in", device: "Safari on iPhone", ask: "Not you?", end: /^End session/, ended: "The session is over.", over: "That session is over.", putAway: "Got it" },
} as const;

/** Signs the same person in on another device. */
async function another(browser: Browser, noise: Noise, inbox: Inbox, phone: Phone, language: Language): Promise<[BrowserContext, Page]> {
  const context = await browser.newContext({ userAgent: IPHONE });
  noise.listen(context);
  const page = await context.newPage();
  const ask = async () => {
    await page.goto("/login");
    await askForCode(page, phone.typed, language);
    await expect(page).toHaveURL(/\/login\/code$/, { timeout: 300 });
  };
  await enterCode(page, await inbox.codeAfter(phone, () => expect(ask).toPass()), language);
  await expect(page).toHaveURL(/\/account$/);
  return [context, page];
}

for (const language of LANGUAGES) {
  for (const javaScriptEnabled of [true, false]) {
    eager.describe(`${language}, ${javaScriptEnabled ? "with" : "without"} JavaScript`, () => {
      eager.use({ locale: BROWSER_LOCALE[language], javaScriptEnabled });
      const t = WORDS[language];
      const told = (page: Page) => page.getByRole("region", { name: t.title });

      eager("a sign-in on a new device is told on the others until they put it away", async ({ page, phone, inbox, browser, noise }) => {
        await signUp(page, inbox, phone, language);
        await expect(told(page)).toHaveCount(0);
        const [device, there] = await another(browser, noise, inbox, phone, language);
        // Who has just signed in knows.
        await expect(told(there)).toHaveCount(0);

        for (const path of ["/account", "/account/sessions"]) {
          await page.goto(path);
          await expect(page.locator("html")).toHaveAttribute("dir", DIRECTION[language]);
          await expect(heading(page)).toHaveCount(1);
          for (const text of [t.what, t.device, t.ask]) await expect(told(page)).toContainText(text);
          await expect(told(page).getByRole("listitem")).toHaveCount(1);
        }
        await told(page).getByRole("button", { name: t.putAway }).click();
        await expect(page).toHaveURL(/\/account\/sessions$/);
        await expect(told(page)).toHaveCount(0);
        await page.goto("/account");
        await expect(heading(page)).toBeVisible();
        await expect(told(page)).toHaveCount(0);
        await device.close();
      });

      eager("the session can be ended where it is told", async ({ page, phone, inbox, browser, noise }) => {
        await signUp(page, inbox, phone, language);
        const [device, there] = await another(browser, noise, inbox, phone, language);
        await page.goto("/account");
        await told(page).getByRole("button", { name: t.end }).click();
        await expect(page).toHaveURL(/\/account\/sessions$/);
        await expect(page.getByRole("status").filter({ hasText: t.ended })).toBeVisible();
        await expect(told(page)).toContainText(t.over);
        await expect(told(page).getByRole("button", { name: t.end })).toHaveCount(0);
        await there.goto("/account");
        await expect(there).toHaveURL(/\/login\?next=\/account$/);
        await device.close();
      });
    });
  }

  eager.describe(language, () => {
    eager.use({ locale: BROWSER_LOCALE[language], viewport: { width: 320, height: 640 } });

    eager("a notice fits a small phone and can be hit with a thumb", async ({ page, phone, inbox, browser, noise }) => {
      await signUp(page, inbox, phone, language);
      const [device] = await another(browser, noise, inbox, phone, language);
      await page.goto("/account");
      await expect(page.getByRole("region", { name: WORDS[language].title })).toBeVisible();
      expect(await wideThings(page)).toEqual([]);
      expect(await smallTargets(page)).toEqual([]);
      expect(await loosePhones(page)).toEqual([]);
      await device.close();
    });
  });
}
