import { defineConfig } from "@playwright/test";

// Set by `cargo xtask e2e`, which builds and starts the server. To run by hand against a server of your own:
// BASE_URL=http://127.0.0.1:3000 SALON_E2E_CHROMIUM=$(which chromium) npx playwright test
const baseURL = process.env.BASE_URL ?? "http://127.0.0.1:3000";
const chromium = process.env.SALON_E2E_CHROMIUM ?? "/usr/bin/chromium";
const output = process.env.SALON_E2E_OUTPUT ?? "test-results";

export default defineConfig({
  testDir: "tests",
  outputDir: `${output}/results`,
  // A forgotten `test.only` must not hide the others.
  forbidOnly: true,
  // A test that passes the second time has failed.
  retries: 0,
  fullyParallel: true,
  workers: 2,
  timeout: 60_000,
  // Generous: a busy machine is not a bug. Nothing here measures time.
  expect: { timeout: 15_000 },
  reporter: [["list"], ["html", { open: "never", outputFolder: `${output}/report` }]],
  use: {
    baseURL,
    // Debian's own: Playwright's download is never used.
    browserName: "chromium",
    launchOptions: {
      executablePath: chromium,
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
    screenshot: "only-on-failure",
    // Recording every test for the few that fail doubles the time; `--trace retain-on-failure` asks for it.
    trace: "off",
  },
});
