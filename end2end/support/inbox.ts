import { type APIRequestContext, expect } from "@playwright/test";
import type { Phone } from "./phones.ts";

export type Message = {
  id: string;
  to: string;
  body: string;
  code: string | null;
  purpose: string | null;
  locale: string;
  created_at: string;
};

/** What the development sink holds for a number, newest first. */
export class Inbox {
  constructor(private readonly request: APIRequestContext) {}

  async messages(phone: Phone): Promise<Message[]> {
    const answer = await this.request.get("/dev/sms.json", { params: { to: phone.e164 } });
    expect(answer.status(), "the sink answers").toBe(200);
    return answer.json();
  }

  /** Waits until so many texts have arrived: they are sent after the answer, by a worker. */
  async wait(phone: Phone, count = 1): Promise<Message[]> {
    await expect.poll(async () => (await this.messages(phone)).length, { message: `texts to ${phone.e164}` }).toBeGreaterThanOrEqual(count);
    return this.messages(phone);
  }

  /** Does what asks for a text, and waits for the code in it: a text that was there before will not do. */
  async codeAfter(phone: Phone, ask: () => Promise<void>): Promise<string> {
    const before = (await this.messages(phone)).length;
    await ask();
    return (await this.wait(phone, before + 1))[0].code!;
  }

  /** The code in the newest text. */
  async code(phone: Phone, purpose = "auth"): Promise<string> {
    const withCode = async () => (await this.messages(phone)).find((message) => message.code && message.purpose === purpose);
    await expect.poll(async () => (await withCode())?.code, { message: `a code for ${phone.e164}` }).toMatch(/^\d{6,10}$/);
    return (await withCode())!.code!;
  }
}
