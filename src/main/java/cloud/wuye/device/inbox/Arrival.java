package cloud.wuye.device.inbox;

import cloud.wuye.device.contract.Bulk;
import cloud.wuye.device.contract.Contract;
import cloud.wuye.device.contract.Envelope;
import cloud.wuye.device.contract.Ulid;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;

/**
 * A message as it came in, not yet understood.
 *
 * @param retained whether the broker had kept it from before; then it says nothing about now
 * @param receivedAt when the service got it
 * @param ack tells the broker that it is stored; to be run once, after the commit
 */
record Arrival(String topic, byte[] payload, boolean retained, Instant receivedAt, Runnable ack) {
    /** A bulk of this item alone, so that a refused item can be parked and replayed without its neighbours. */
    static Arrival ofItem(Arrival bulk, Envelope envelope, Bulk.Item item) {
        ObjectNode alone = JsonNodeFactory.instance.objectNode();
        alone.put("v", Contract.VERSION)
                .put("id", Ulid.format(envelope.id()))
                .put("boot", envelope.boot())
                .put("seq", envelope.seq())
                .put("ts", envelope.ts().toString())
                .put("clk", envelope.clock().name().toLowerCase(Locale.ROOT))
                .putObject("data")
                .putArray("items")
                .add(item.raw());
        byte[] payload = alone.toString().getBytes(StandardCharsets.UTF_8);
        return new Arrival(bulk.topic, payload, bulk.retained, bulk.receivedAt, () -> {});
    }
}
