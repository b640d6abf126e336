import { type Action, type Fields, word } from "./action.ts";
import { writeSendId } from "./answer.ts";
import { MydnspanelRefusal, results } from "./codes.ts";
import { readReceivers } from "./receivers.ts";

/**
 * The action for one-time codes. Only its table of codes survived in the manual, so that its name and its parameters are
 * whatever the test says.
 */
export interface OtpOptions {
  readonly action: string;
  /** The application's access key; another one is 151. */
  readonly application: string;
  /** False: 152. Default true. */
  readonly isAllowed?: boolean;
  /** Default `application`, `code` and `receivers`. */
  readonly names?: { readonly application?: string; readonly code?: string; readonly receivers?: string };
  /** With `{code}`. */
  readonly text?: string;
}

export function createOtpAction(options: OtpOptions): Action {
  const names = { application: "application", code: "code", receivers: "receivers", ...options.names };
  return (fields, { account, ledger, form }) => {
    const type = readWord(fields, "type");
    account.checkType(type);
    if (readWord(fields, names.application) !== options.application) {
      throw new MydnspanelRefusal(results.badOtpApplication);
    }
    if (options.isAllowed === false) throw new MydnspanelRefusal(results.deniedOtpApplication);
    const code = readWord(fields, names.code) ?? "";
    if (!/^[0-9A-Za-z]+$/.test(code)) throw new MydnspanelRefusal(results.badOtpCode);
    if (code.length < 2 || code.length > 12) throw new MydnspanelRefusal(results.badOtpLength);
    const receivers = readReceivers(readWord(fields, names.receivers) ?? "");
    if (!receivers) throw new MydnspanelRefusal(results.badReceivers);
    const text = (options.text ?? "کد تایید: {code}").replace("{code}", code);
    // The table has no code for this; that of `send` is the nearest.
    account.charge(text, receivers.length, results.noCredit);
    const sending = { line: account.autoLine, receivers, text, action: options.action, trySend: 0, type };
    return writeSendId(ledger.accept(sending), form);
  };
}

function readWord(fields: Fields, name: string): string | undefined {
  return word.safeParse(fields[name]).data;
}
