import { componentsOf } from "./houses.ts";

export const lamp = (more = "") => `devices:\n  lamp: {kind: relay, topic: home/lamp, pin: 17${more}}\n`;

export const own = (yaml: string) => Object.values(componentsOf(yaml))[0];

export const agentTopic = "homeassistant/device/office-pi/config";
