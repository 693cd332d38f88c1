import type { Page } from "@playwright/test";

// What must hold on every page. Each check gives back what is wrong, and nothing when nothing is.
// To add one: a function here, a line in tests/every-page.spec.ts.

/** Counts what moves by itself, from the first byte of each page on. */
export async function countShifts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const counter = window as unknown as { shift: number; shifted: string[] };
    counter.shift = 0;
    counter.shifted = [];
    type Shift = PerformanceEntry & { value: number; hadRecentInput: boolean; sources: { node?: Element }[] };
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as Shift[]) {
        if (entry.hadRecentInput) continue;
        counter.shift += entry.value;
        counter.shifted.push(...entry.sources.map((source) => source.node?.outerHTML?.slice(0, 100) ?? "?"));
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
}

export async function shifts(page: Page): Promise<{ sum: number; what: string }> {
  // Two frames: what the awakening changed has been drawn, and the observer has been told.
  return page.evaluate(async () => {
    const frame = () => new Promise((drawn) => requestAnimationFrame(drawn));
    await frame();
    await frame();
    const counter = window as unknown as { shift: number; shifted: string[] };
    return { sum: counter.shift, what: counter.shifted.join(", ") };
  });
}

/** Targets smaller than 44 px. Links inside a sentence are as high as the sentence (WCAG 2.5.8). */
export async function smallTargets(page: Page): Promise<string[]> {
  const targets = [
    "button:visible",
    "a.button:visible",
    ".top a:visible",
    "input:not([type=hidden]):not([type=radio]):not([type=checkbox]):visible",
    "label.choice:visible",
  ];
  return page.locator(targets.join(", ")).evaluateAll((elements) =>
    elements
      .filter((element) => !element.matches(".sr, .skip"))
      .map((element) => ({ html: element.outerHTML.slice(0, 120), box: element.getBoundingClientRect() }))
      .filter(({ box }) => box.height < 43.5 || box.width < 43.5)
      .map(({ html, box }) => `${Math.round(box.width)}×${Math.round(box.height)} ${html}`),
  );
}

/** Phone numbers that Arabic text around them would turn round. */
export async function loosePhones(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    for (const phone of document.querySelectorAll(".phone:not([dir=ltr])")) found.push(phone.outerHTML);
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const isolated = node.parentElement!.closest("bdi, [dir=ltr], script");
      // Marks around a number in plain text do the same.
      if (!isolated && /(?<!\u200e)\+\d[\d\s\u00a0]{6,}/.test(node.textContent!)) found.push(node.textContent!);
    }
    return found;
  });
}

/** What sticks out at the sides of a narrow page. */
export async function wideThings(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const room = document.documentElement.clientWidth;
    const over = [...document.body.querySelectorAll("*")]
      .filter((element) => !element.closest(".sr, .skip, [aria-hidden=true]"))
      // What a closed `<details>` holds has a size and is not there.
      .filter((element) => element.checkVisibility())
      .filter((element) => element.getBoundingClientRect().right > room + 1 || element.getBoundingClientRect().left < -1)
      .map((element) => element.outerHTML.slice(0, 120));
    return document.documentElement.scrollWidth > room ? ["the page scrolls sideways", ...over] : over;
  });
}
