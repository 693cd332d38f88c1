import { brotliCompressSync } from "node:zlib";
import { expect, test } from "../support/fixtures.ts";

const KB = 1_000;

test("the sign-in page is light before wasm, and the wasm is light too", async ({ page, request }) => {
  const html = await (await request.get("/login")).body();
  const [, css] = /<link rel="stylesheet" href="([^"]+)"/.exec(html.toString())!;
  const style = await request.get(css);
  expect(style.status()).toBe(200);
  // As bytes of the files, before any compression.
  expect(html.length + (await style.body()).length).toBeLessThanOrEqual(60 * KB);

  const [, wasm] = /"(\/pkg\/[^"]+\.wasm)"/.exec(html.toString())!;
  const module = await (await request.get(wasm)).body();
  // Names of functions are left in a development build, which is not optimised either: its size says nothing about what is shipped.
  const isShipped = WebAssembly.Module.customSections(await WebAssembly.compile(module), "name").length === 0;
  if (isShipped) expect(brotliCompressSync(module).length).toBeLessThanOrEqual(200 * KB);

  // What the browser is really sent.
  await page.goto("/login");
  const kinds = await page.evaluate(() => performance.getEntriesByType("resource").map((entry) => new URL(entry.name).pathname.split(".").pop()));
  expect(kinds.filter((kind) => kind === "css")).toHaveLength(1);
});

test("files of the site come compressed and are kept for good", async ({ request }) => {
  const html = await (await request.get("/login")).text();
  for (const [, file] of html.matchAll(/"(\/pkg\/[^"]+)"/g)) {
    const answer = await request.get(file, { headers: { "Accept-Encoding": "br" } });
    expect(answer.status(), file).toBe(200);
    expect(answer.headers()["content-encoding"], file).toBe("br");
    expect(answer.headers()["cache-control"], file).toContain("immutable");
    expect(answer.headers()["x-content-type-options"], file).toBe("nosniff");
  }
});
