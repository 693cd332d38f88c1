import type { Page } from "@playwright/test";
import { keysReady } from "../support/admin.ts";
import { grave, graveInDark } from "../support/axe.ts";
import { loosePhones, wideThings } from "../support/checks.ts";
import { SALON, test, thursday } from "../support/desk.ts";
import { expect } from "../support/fixtures.ts";
import { freshPhone } from "../support/phones.ts";
import { BROWSER_LOCALE, DIRECTION, LANGUAGES } from "../support/texts.ts";

const WORDS = {
  en: {
    book: "Book",
    checkIn: "Check in",
    arrived: "Arrived",
    cancel: "Cancel the booking",
    reason: "Reason",
    off: "Cancelled by the salon",
    move: "Move the booking",
    moveIt: "Move",
    moved: "The booking has been moved.",
    booked: "It is booked.",
    overbook: "Book over another booking",
    why: "Reason for the overlap",
    over: "Over another",
    nearest: "Free nearest to it",
  },
  ar: {
    book: "احجز",
    checkIn: "سجّل الوصول",
    arrived: "وصل",
    cancel: "ألغِ الحجز",
    reason: "السبب",
    off: "ألغاه الصالون",
    move: "انقل الحجز",
    moveIt: "انقل",
    moved: "نُقل الحجز.",
    booked: "تم الحجز.",
    overbook: "احجز فوق حجز آخر",
    why: "سبب التداخل",
    over: "فوق حجز آخر",
    nearest: "أقرب الأوقات المتاحة",
  },
} as const;

const main = (page: Page) => page.getByRole("main");
const press = (page: Page, name: string) => main(page).getByRole("button", { name, exact: true }).first().click();
/** Opens the line behind which an act stands. */
const open = (page: Page, line: string) => main(page).locator("summary").filter({ hasText: line }).click();

async function fill(page: Page, date: string, minute: string, phone: string): Promise<void> {
  await page.goto(`${SALON}/bookings/new?date=${date}&minute=${minute}`);
  await page.locator("#phone").fill(phone);
  // The first of the staff: anybody else who is free would take it.
  await page.locator("#staff_id").selectOption({ index: 1 });
}

let turn = 0;

for (const language of LANGUAGES) {
  for (const width of [390, 1280]) {
    for (const javaScriptEnabled of [true, false]) {
      const t = WORDS[language];
      const mine = turn++;
      test.describe(`${language}, ${width} px, ${javaScriptEnabled ? "with" : "without"} JavaScript`, () => {
        test.use({
          locale: BROWSER_LOCALE[language],
          language,
          javaScriptEnabled,
          viewport: { width, height: 844 },
          colorScheme: "light",
        });

        test("somebody on the phone is booked past midnight, moved, put over another, and called off", async ({ counter: page }) => {
          const [first, second] = [freshPhone(), freshPhone()];
          const date = thursday(mine);
          await fill(page, date, "1470", first.typed);
          await press(page, t.book);
          await expect(main(page)).toContainText(t.booked);
          await expect(page).toHaveURL(new RegExp(`/day\\?date=${date}$`));
          await expect(page.locator("html")).toHaveAttribute("dir", DIRECTION[language]);
          const chip = main(page).locator(".chip").filter({ hasText: first.shown });
          await expect(chip).toContainText("00:30");
          expect(await loosePhones(page)).toEqual([]);
          if (width === 390) expect(await wideThings(page)).toEqual([]);

          await fill(page, date, "1470", second.typed);
          await press(page, t.book);
          await expect(main(page)).toContainText(t.nearest);
          await expect(page.locator("#phone")).toHaveValue(second.typed);
          await open(page, t.overbook);
          await page.getByRole("checkbox", { name: t.overbook }).check();
          await page.getByLabel(t.why).fill("A favour");
          await press(page, t.book);
          await expect(main(page).locator(".chip").filter({ hasText: second.shown })).toContainText(t.over);
          // The checks of axe are a script of their own, which wants to run.
          if (javaScriptEnabled) expect(await grave(page)).toEqual([]);
          if (javaScriptEnabled) expect(await graveInDark(page)).toEqual([]);
          await page.screenshot({ path: test.info().outputPath("day.png"), fullPage: true });

          await main(page).locator(".chip").filter({ hasText: first.shown }).locator("a.chip-who").click();
          await open(page, t.move);
          await page.locator("#minute").selectOption("1200");
          await press(page, t.moveIt);
          await expect(main(page)).toContainText(t.moved);
          await expect(main(page)).toContainText("20:00");
          await open(page, t.cancel);
          await press(page, t.cancel);
          await expect(page, "a reason is asked for").toHaveTitle(/^(Error:|خطأ:) /);
          await main(page).locator("#reason-cancel").fill("The chair is broken");
          await press(page, t.cancel);
          await expect(main(page)).toContainText(t.off);
          await expect(main(page)).toContainText("The chair is broken");
          if (javaScriptEnabled) expect(await grave(page)).toEqual([]);
          await page.screenshot({ path: test.info().outputPath("booking.png"), fullPage: true });
        });

        test("the pages of the desk can be read and hit", async ({ counter: page }) => {
          for (const end of ["today", "day", "bookings/new", "reviews"]) {
            await page.goto(`${SALON}/${end}`);
            await expect.soft(page.getByRole("heading", { level: 1 }), end).toHaveCount(1);
            if (width === 390) expect.soft(await wideThings(page), end).toEqual([]);
            if (javaScriptEnabled) expect.soft(await grave(page), end).toEqual([]);
            await page.screenshot({ path: test.info().outputPath(`${end.replace("/", "-")}.png`), fullPage: true });
          }
        });
      });
    }
  }
}

test("n begins a booking and g b leads to the bookings", async ({ counter: page }) => {
  await page.goto(`${SALON}/today`);
  await keysReady(page);
  await page.keyboard.press("n");
  await expect(page).toHaveURL(/\/admin\/(bookings|salons\/[a-z0-9-]+\/bookings)\/new$/);
  await page.goto(`${SALON}/today`);
  await keysReady(page);
  await page.keyboard.press("g");
  await page.keyboard.press("b");
  await expect(page).toHaveURL(/\/admin\/(bookings|salons\/[a-z0-9-]+\/day)$/);
});
