import { type BrowserContext, type ConsoleMessage, expect, type Page } from "@playwright/test";

/**
 * Listens to every page of a context for what no page may do: ask another host for anything, write an error to the console, throw, or
 * break its own content security policy.
 */
export class Noise {
  private readonly heard: string[] = [];
  /** Pages that were opened: that one of them answers 404 is no fault, that a file of a page does is. */
  private readonly opened = new Set<string>();
  requests = 0;

  constructor(private readonly origins: Set<string>) {}

  listen(context: BrowserContext): void {
    context.on("request", (request) => {
      this.requests += 1;
      const url = new URL(request.url());
      if (request.isNavigationRequest()) this.opened.add(request.url());
      if (["http:", "https:", "ws:", "wss:"].includes(url.protocol) && !this.origins.has(url.origin)) {
        this.heard.push(`a request to another host: ${request.url()}`);
      }
    });
    context.on("console", (message) => this.hear(message));
    context.on("weberror", (error) => this.heard.push(`an exception: ${error.error().message}`));
    context.on("page", (page) => this.watchPolicy(page));
  }

  private hear(message: ConsoleMessage): void {
    if (message.type() !== "error" && message.type() !== "warning") return;
    const isPageStatus = message.text().startsWith("Failed to load resource") && this.opened.has(message.location().url);
    if (!isPageStatus) this.heard.push(`the console (${message.type()}): ${message.text()} at ${message.location().url}`);
  }

  /** Also catches what a policy only reports. */
  private watchPolicy(page: Page): void {
    page.on("response", (response) => {
      if (response.request().resourceType() === "document" && !response.headers()["content-security-policy"]) {
        this.heard.push(`a page without a content security policy: ${response.url()}`);
      }
    });
  }

  expectNone(): void {
    expect(this.heard, "no third party, no console error, no policy violation").toEqual([]);
  }
}
