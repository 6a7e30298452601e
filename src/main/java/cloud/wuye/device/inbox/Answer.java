package cloud.wuye.device.inbox;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A message to a device that answers one of its own; lost is lost, the device asks again. */
record Answer(String topic, ObjectNode json) {}
