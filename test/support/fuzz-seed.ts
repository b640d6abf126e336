import fc from "fast-check";

// The same inputs in every run, so that a red test means a change and not chance; others with CHAPAR_FUZZ_SEED, a number or "random".
const wanted = process.env.CHAPAR_FUZZ_SEED ?? "1405";
fc.configureGlobal({ seed: wanted === "random" ? Date.now() : Number(wanted) });
