import { openStore } from "../../src/store/open.ts";
import { testStore } from "../contracts/store/index.ts";

testStore("memory", (deps) => openStore("memory:", deps));
