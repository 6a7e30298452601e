package cloud.wuye.kit.simulator;

import java.time.Instant;

/**
 * Something the device has to say; it keeps its name however often and late it is sent.
 *
 * @param ts when it was true, by the device's clock
 * @param clk where that clock has its time from
 * @param channel the last word of the topic
 * @param data the data object as JSON
 */
record Outgoing(String id, Instant ts, String clk, String channel, String data) {
    boolean isRetained() {
        return channel.equals("info") || channel.equals("state");
    }

    /** Whether it is kept for later when it cannot be sent now; answers and states would be old news then. */
    boolean isKept() {
        return channel.equals("telemetry") || channel.equals("event");
    }
}
