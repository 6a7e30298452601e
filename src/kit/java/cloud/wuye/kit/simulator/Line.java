package cloud.wuye.kit.simulator;

import java.util.concurrent.CompletableFuture;

/** How a device's messages reach the broker. */
interface Line {
    /** Done when the broker has acknowledged it; QoS 1. */
    CompletableFuture<?> publish(String topic, byte[] payload, boolean retain);
}
