import { test as deskTest } from "../support/admin.ts";
import { grave, graveInDark } from "../support/axe.ts";
import { smallTargets, wideThings } from "../support/checks.ts";
import { expect, test } from "../support/fixtures.ts";
import { BROWSER_LOCALE, DIRECTION, LANGUAGES } from "../support/texts.ts";

const WORDS = {
  en: {
    salons: "Salons",
    services: "Services and prices",
    hours: "Opening hours",
    new: "New salon",
    nameAr: "Name in Arabic",
    nameEn: "Name in English",
    slug: "Address on the site",
    create: "Set the salon up",
    created: "The salon is set up. Grant its owner the role next.",
    phone: "Mobile number",
    grant: "Grant a role",
    granted: "The role is granted.",
    waits: "Has not proved the number yet",
  },
  ar: {
    salons: "الصالونات",
    services: "الخدمات والأسعار",
    hours: "أوقات العمل",
    new: "صالون جديد",
    nameAr: "الاسم بالعربية",
    nameEn: "الاسم بالإنجليزية",
    slug: "العنوان في الموقع",
    create: "إنشاء الصالون",
    created: "أُنشئ الصالون. امنح مالكه دوره الآن.",
    phone: "رقم الجوال",
    grant: "منح دور",
    granted: "مُنح الدور.",
    waits: "لم يؤكّد رقمه بعد",
  },
} as const;

for (const language of LANGUAGES) {
  const t = WORDS[language];

  test.describe(`${language}, as a guest`, () => {
    test.use({ locale: BROWSER_LOCALE[language], viewport: { width: 390, height: 844 }, colorScheme: "light" });

    test("the list of salons says what it is and can be hit with a thumb", async ({ page }) => {
      await page.goto("/salons");
      await expect(page.locator("html")).toHaveAttribute("dir", DIRECTION[language]);
      await expect(page.getByRole("heading", { level: 1, name: t.salons })).toBeVisible();
      expect(await smallTargets(page)).toEqual([]);
      expect(await wideThings(page)).toEqual([]);
      expect(await grave(page)).toEqual([]);
      expect(await graveInDark(page)).toEqual([]);
    });

    test("a salon that is not there is not found", async ({ page }) => {
      const answer = await page.goto("/salons/no-such-salon");
      expect(answer?.status()).toBe(404);
    });
  });

  deskTest.describe(`${language}, set up`, () => {
    deskTest.use({ locale: BROWSER_LOCALE[language], language, colorScheme: "light" });

    deskTest("a salon is set up and its owner is granted the role by phone", async ({ desk: page }) => {
      const slug = `e2e-${language}-${Date.now() % 1_000_000_000}`;
      await page.goto("/admin/salons");
      await page.getByRole("link", { name: t.new, exact: true }).click();
      await page.getByLabel(t.nameAr, { exact: true }).fill("نوى");
      await page.getByLabel(t.nameEn, { exact: true }).fill("Nawa");
      await page.getByLabel(t.slug, { exact: true }).fill("صالون");
      await page.getByRole("button", { name: t.create, exact: true }).click();
      await expect(page.getByRole("alert")).toBeVisible();
      await expect(page.getByLabel(t.nameAr, { exact: true })).toHaveValue("نوى");
      await page.getByLabel(t.slug, { exact: true }).fill(slug);
      await page.getByRole("button", { name: t.create, exact: true }).click();
      await expect(page.getByText(t.created)).toBeVisible();
      const phone = `05${String(Date.now()).slice(-8)}`;
      await page.getByLabel(t.phone, { exact: true }).fill(phone.replace(/^05[^0345689]/, "050"));
      await page.getByRole("combobox").selectOption("owner");
      await page.getByRole("button", { name: t.grant, exact: true }).click();
      await expect(page.getByText(t.granted)).toBeVisible();
      await expect(page.getByText(t.waits)).toBeVisible();
      for (const part of ["", "/services", "/staff", "/closings", "/people"]) {
        await page.goto(page.url().replace(/(\/admin\/salons\/[0-9a-f-]{36}).*$/, `$1${part}`));
        await expect.soft(page.getByRole("heading", { level: 1 }), part).toHaveCount(1);
        expect.soft(await wideThings(page), part).toEqual([]);
        expect.soft(await grave(page), part).toEqual([]);
      }
    });
  });
}
