import { find } from "./dom.ts";
import { createMenu } from "./menu.ts";

/** Shares somebody of the operator's address book, as one does in Telegram. */
export function createContact(share: (contact: { name: string; number: string }) => Promise<unknown>) {
  const menu = find("details", "contact");
  const { leave } = createMenu(menu);
  const fields = { name: find("input", "contact-name"), number: find("input", "contact-number") };

  async function send(): Promise<void> {
    const name = fields.name.value.trim();
    const number = fields.number.value.trim();
    const empty = name === "" ? fields.name : number === "" ? fields.number : undefined;
    if (empty) return empty.focus();
    leave();
    await share({ name, number });
    fields.name.value = "";
    fields.number.value = "";
  }

  find("button", "share-contact").addEventListener("click", () => void send());
  for (const field of Object.values(fields)) {
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      // It stands within the form of the answer, which stays as it is.
      event.preventDefault();
      void send();
    });
  }
}
