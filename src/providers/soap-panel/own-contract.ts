import { ProviderError } from "../../core/ports/provider-error.ts";
import { type Contract, openContract } from "./contract.ts";

/**
 * Our own contract, opened at first use. Where that fails, as when no file may be opened for a moment, the call fails before
 * anything was written (`unreachable`, certain), and the next one tries again.
 */
export function createOwnContract(read: () => Promise<string>): () => Promise<Contract> {
  let opening: Promise<Contract> | undefined;

  async function open(): Promise<Contract> {
    try {
      return await openContract(await read());
    } catch (error) {
      opening = undefined;
      throw new ProviderError("unreachable", "soap-panel: our own WSDL could not be read", {
        certain: true,
        cause: error,
      });
    }
  }

  return () => {
    opening ??= open();
    return opening;
  };
}
