package cloud.wuye.device.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Messages of a gateway's children. Their data stay unparsed until the registry has said of which class each child is:
 * see {@link MessageParser#parseItem}.
 */
public record Bulk(List<Item> items) implements Payload {
    /**
     * One child's message.
     *
     * @param uid the child
     * @param envelope its own envelope, filled up from the gateway's
     * @param channel the last word of the topic the child itself would have used
     * @param data still to be parsed
     * @param raw the item as it came
     */
    public record Item(String uid, Envelope envelope, Channel channel, JsonNode data, JsonNode raw) {
        static Item from(JsonNode item, Envelope gateways) {
            String uid = Read.text(item, "uid");
            String boot = item.has("boot") ? Read.text(item, "boot") : gateways.boot();
            long seq = item.get("seq").longValue();
            Instant ts = Read.instant(item, "ts");
            ClockSource clock = item.has("clk") ? ClockSource.of(item.get("clk").textValue()) : gateways.clock();
            UUID id = item.has("id") ? Ulid.parse(Read.text(item, "id")) : derivedId(uid, boot, seq, ts);
            return new Item(
                    uid,
                    new Envelope(id, boot, seq, ts, clock),
                    Channel.of(Read.text(item, "kind")),
                    item.get("data"),
                    item);
        }

        private static UUID derivedId(String uid, String boot, long seq, Instant ts) {
            String name = uid + '/' + boot + '/' + seq + '/' + ts;
            return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
        }
    }

    static Bulk from(JsonNode data, Envelope gateways) {
        List<Item> items = new ArrayList<>(data.get("items").size());
        data.get("items").forEach(item -> items.add(Item.from(item, gateways)));
        return new Bulk(List.copyOf(items));
    }
}
