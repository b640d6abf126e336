import { describe, expect, it } from "vitest";
import { storeConfig } from "../../src/store/config.ts";
import { parseStoreUri } from "../../src/store/uri.ts";

describe("the address of a store", () => {
  it("is a file beside the configuration unless another is named", () => {
    expect(storeConfig.parse(undefined)).toBe("sqlite://data/chapar.sqlite");
  });

  it("is relative to the folder it is told, or absolute", () => {
    expect(parseStoreUri("sqlite://data/x.sqlite", "/srv/chapar")).toEqual({
      kind: "sqlite",
      file: "/srv/chapar/data/x.sqlite",
    });
    expect(parseStoreUri("sqlite:///var/x.sqlite", "/srv/chapar")).toEqual({ kind: "sqlite", file: "/var/x.sqlite" });
    expect(parseStoreUri("memory:")).toEqual({ kind: "memory" });
  });

  it("is refused with words that say what is allowed", () => {
    for (const uri of ["postgres://user:secret@host/db", "redis://x", "data.sqlite", "sqlite://"]) {
      const [issue] = storeConfig.safeParse(uri).error?.issues ?? [];
      expect(issue?.message).toMatch(/sqlite:\/\/path.*memory:/);
      expect(issue?.message).not.toContain("secret");
    }
  });
});
