import type { Composer } from "grammy";
import type { DeskContext, Handling } from "../context.ts";
import { createAnswersComposer } from "./answers.ts";
import { createBlockComposer } from "./block.ts";
import { createBulkComposer } from "./bulk.ts";
import { createCannedComposer } from "./canned.ts";
import { createContactComposer } from "./contact.ts";
import { createContactListComposer } from "./contact-list.ts";
import { createCreditComposer } from "./credit.ts";
import { createEditsComposer } from "./edits.ts";
import { createExportComposer } from "./export.ts";
import { createForgetComposer } from "./forget.ts";
import { createHelpComposer } from "./help.ts";
import { createLaterComposer } from "./later.ts";
import { createLogComposer } from "./log.ts";
import { createMediaComposer } from "./media.ts";
import { createNameComposer } from "./name.ts";
import { refuseOtherCommands } from "./on-command.ts";
import { createRenameComposer } from "./rename.ts";
import { createSendComposer } from "./send.ts";
import { createStatusComposer } from "./status.ts";
import { createTemplateComposer } from "./template.ts";
import { createWhoComposer } from "./who.ts";

/** Each one command, or a few that belong together. */
const commands: readonly ((handling: Handling) => Composer<DeskContext>)[] = [
  createHelpComposer,
  createSendComposer,
  createBulkComposer,
  createNameComposer,
  createWhoComposer,
  createCannedComposer,
  createTemplateComposer,
  createLaterComposer,
  createContactComposer,
  createBlockComposer,
  createStatusComposer,
  createCreditComposer,
  createLogComposer,
  createExportComposer,
  createForgetComposer,
];

/** Everything else that an operator writes, sends, edits or renames; the first that takes it keeps it. */
const others: readonly ((handling: Handling) => Composer<DeskContext>)[] = [
  createRenameComposer,
  createContactListComposer,
  createMediaComposer,
  createAnswersComposer,
  createEditsComposer,
];

/** What operators do in a desk's chat, in the order in which it is looked at. */
export function useAtDesk(composer: Composer<DeskContext>, handling: Handling): void {
  for (const create of commands) composer.use(create(handling));
  refuseOtherCommands(composer);
  for (const create of others) composer.use(create(handling));
}
