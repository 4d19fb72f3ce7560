/** Under this id the agent keeps what is its own. No device can have it. */
export const ownId = "(agent)";
