import base from "../playwright.config.ts";

/**
 * Pictures of every page, for people to look at: no part of the tests.
 *
 *   cargo xtask e2e --config support/screenshots.config.ts
 *
 * They are left in `screenshots` beside the test results.
 */
export default { ...base, testDir: ".", testMatch: "screenshots.ts", reporter: [["list"]], timeout: 300_000 };
