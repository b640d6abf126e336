import { openStore } from "../../src/store/open.ts";
import { testStore } from "../contracts/store.ts";

testStore("memory", (deps) => openStore("memory:", deps));
