import { z } from "zod";
import { problemOfStoreUri } from "./uri.ts";

/** `store` of the configuration. */
export const storeConfig = z
  .string()
  .default("sqlite://data/chapar.sqlite")
  .superRefine((uri, context) => {
    const problem = problemOfStoreUri(uri);
    if (problem) context.addIssue({ code: "custom", message: problem });
  })
  .describe(
    "Where messages are kept: `sqlite://path`, relative to the configuration file (`sqlite:///path` is absolute), on a local disk; or `memory:`, which forgets everything when the process ends.",
  );
