export { type ErrorData, type ErrorKind, SpoorError, scrubCredentials } from "./base.ts";
