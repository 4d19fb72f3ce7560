/** What the program needs to say what is wrong, before all else of it is loaded; one file, since each takes its time to load. */
export { explain } from "../core/errors.ts";
export { cleanLines } from "../core/text/clean-text.ts";
export { LineOutput } from "../log/line-output.ts";
export { writerTo } from "../log/standard-file.ts";
export { isJournal, journalErrors, speakToJournal } from "../service/journal.ts";
