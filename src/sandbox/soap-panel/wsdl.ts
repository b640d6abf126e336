import { readFile } from "node:fs/promises";
import type { SimResponse } from "../http.ts";
import type { Rename } from "./fields.ts";
import type { ServiceFile } from "./operations.ts";

/** What `?WSDL` answers: the contract, 404, a web page, the contract without its guessed operations, or what a function makes of it. */
export type WsdlVariant = "live" | "none" | "html" | "without-guesses" | ((original: string) => string);

/** The contracts of both services, as this installation publishes them. */
export interface Contracts {
  /** `url` is the server's own, without a path. */
  serve(file: ServiceFile, variant: WsdlVariant, url: string): SimResponse;
  /** Whether nothing but a guess tells that this operation looks as it does here. */
  isGuess(operation: string): boolean;
}

/** Reads the reconstructed contracts beside this file. */
export async function loadContracts(rename: Rename): Promise<Contracts> {
  const sources: Readonly<Record<ServiceFile, string>> = {
    "send.asmx": await readFile(new URL("./send.wsdl", import.meta.url), "utf8"),
    "incomingmessages.asmx": await readFile(new URL("./incoming-messages.wsdl", import.meta.url), "utf8"),
  };
  const guesses = Object.values(sources).flatMap(findGuesses);

  function write(file: ServiceFile, variant: WsdlVariant, url: string): string {
    const original = publish(sources[file], url, rename);
    if (typeof variant === "function") return variant(original);
    return variant === "without-guesses" ? guesses.reduce(withoutOperation, original) : original;
  }

  return {
    serve(file, variant, url) {
      if (variant === "none") return { status: 404, contentType: "text/html; charset=utf-8", body: notFoundPage };
      if (variant === "html") return { status: 200, contentType: "text/html; charset=utf-8", body: loginPage };
      return { status: 200, contentType: "text/xml; charset=utf-8", body: write(file, variant, url) };
    },
    isGuess: (operation) => guesses.includes(operation),
  };
}

/** A live contract has a real address and this installation's names, and none of our notes on how sure each part is. */
function publish(source: string, url: string, rename: Rename): string {
  return source
    .replaceAll("http://PANEL-DOMAIN.example", url)
    .replace(/\s*<!--[\s\S]*?-->/g, "")
    .replace(/<wsdl:documentation>.*?<\/wsdl:documentation>/g, "")
    .replace(wrappers, (wrapper, operation: string) =>
      operation.endsWith("Response")
        ? wrapper
        : wrapper.replace(/ name="(\w+)" type=/g, (_all, name: string) => ` name="${rename[name] ?? name}" type=`),
    );
}

/** The element of each request and each answer. */
const wrappers = /<s:element name="(\w+)"><s:complexType>[\s\S]*?<\/s:complexType><\/s:element>/g;

function findGuesses(source: string): string[] {
  const tagged = /<wsdl:operation name="(\w+)"><wsdl:documentation>\[GUESS\]/g;
  return [...source.matchAll(tagged)].map(([, name = ""]) => name);
}

function withoutOperation(contract: string, operation: string): string {
  return contract
    .replace(wrappers, (wrapper, name: string) =>
      name === operation || name === `${operation}Response` ? "" : wrapper,
    )
    .replace(new RegExp(`<wsdl:message name="${operation}Soap(?:In|Out)">.*?</wsdl:message>`, "g"), "")
    .replace(new RegExp(`<wsdl:operation name="${operation}">.*?</wsdl:operation>`, "g"), "");
}

const notFoundPage =
  "<!DOCTYPE html><html><head><title>404</title></head><body>The resource cannot be found.</body></html>";
const loginPage = "<!DOCTYPE html><html><head><title>ورود</title></head><body><form></form></body></html>";
