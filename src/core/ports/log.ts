/** The shape of pino: facts as fields, then a short past-tense message. Texts of SMS are never logged, numbers are masked. */
export interface Log {
  debug(facts: object, message: string): void;
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
  child(facts: object): Log;
}
