import { expect, test } from "vitest";
import { crossed } from "./open-page.ts";
import { visit } from "./person.ts";

const shared = { fa: "تبلیغات و کدها", en: "Promo and codes" } as const;
const copy = { fa: "کپی کد ۴۸۲۱۹۳", en: "Copy code 482193" } as const;

test.each(crossed)(
  "a service line's SMS stand in a shared topic, and a code is copied by its button ($language)",
  async ({ language, width }) => {
    const context = { permissions: ["clipboard-read", "clipboard-write"] };
    const person = await visit({ language, width, bot: language, context });
    await person.page.getByRole("button", { name: person.word("add-service"), exact: true }).click();
    await person.writesSms("کد ورود شما: ۴۸۲۱۹۳");
    await person.message("کد ورود شما").waitFor();
    await person.page.getByRole("heading", { name: shared[language] }).waitFor();
    await person.message("کد ورود شما").getByRole("button", { name: copy[language] }).click();
    await expect.poll(() => person.page.evaluate(() => navigator.clipboard.readText())).toBe("482193");
    await person.page.getByText(person.word("copied").split(":")[0] ?? "").waitFor();
  },
);
