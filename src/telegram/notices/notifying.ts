import type { DeskId } from "../../core/model/ids.ts";
import type { Desk } from "../../core/ports/desk.ts";
import type { Log } from "../../core/ports/log.ts";
import { failureOf } from "../calls/errors.ts";
import type { DeskChat } from "../chat/chat.ts";
import type { Texts } from "../types.ts";
import type { DrawPicture } from "./chart/picture.ts";

/** See `Desk.notify`: news of the bridge in General, a digest with its picture. Throws what the Bot API threw. */
export function createNotifying(deps: {
  readonly chat: DeskChat;
  readonly texts: Texts;
  readonly drawPicture: DrawPicture;
  readonly desk: DeskId;
  readonly log: Log;
}): Desk["notify"] {
  const { chat, texts, drawPicture, desk, log } = deps;
  return async (notice) => {
    const what = texts.notice(notice);
    const photo = notice.kind === "digest" ? await drawPicture(texts.chart(notice.digest)) : undefined;
    try {
      await chat.send(photo === undefined ? what : { ...what, photo }, { priority: "post" });
    } catch (error) {
      // A group, or a relay before Telegram, may take texts and no pictures.
      if (photo === undefined || !isAboutPicture(error)) throw error;
      log.warn({ desk, reason: failureOf(error).description }, "a picture was refused, its text goes alone");
      await chat.send(what, { priority: "post" });
    }
  };
}

/** Telegram heard it and said no; why is not always said. */
function isAboutPicture(error: unknown): boolean {
  return ["refused", "no-right"].includes(failureOf(error).problem);
}
