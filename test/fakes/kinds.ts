import { loadKinds } from "../../src/kinds.ts";

/** All kinds of devices that there are. */
export const kinds = await loadKinds();
