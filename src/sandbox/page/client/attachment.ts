import { find } from "./dom.ts";
import { say } from "./words.ts";

/** The file that goes with what is written, if one was chosen: the text is then its caption, and may be empty. */
export function createAttachment(field: HTMLTextAreaElement) {
  const input = find("input", "attached");
  const sign = find("p", "attaching");

  function show(): void {
    const [file] = input.files ?? [];
    sign.hidden = file === undefined;
    field.required = file === undefined;
    find("span", "attaching-what").textContent = file ? say("attached", { name: file.name }) : "";
  }

  function leave(): void {
    input.value = "";
    show();
  }

  input.addEventListener("change", () => {
    show();
    field.focus();
  });
  find("button", "stop-attaching").addEventListener("click", () => {
    leave();
    field.focus();
  });

  return {
    leave,
    isThere: () => input.files?.[0] !== undefined,
    async read(): Promise<{ name: string; content: string } | undefined> {
      const [file] = input.files ?? [];
      return file && { name: file.name, content: await file.text() };
    },
  };
}
