package cloud.wuye.device.registry;

import cloud.wuye.device.contract.Contract;
import cloud.wuye.device.contract.DeviceClass;
import cloud.wuye.device.contract.Topic;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.json.Json;
import cloud.wuye.platform.outbox.OutboxHandler;
import cloud.wuye.platform.outbox.OutboxMessage;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.mqtt.SendingMqttMessageMetadata;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowIterator;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

/**
 * Keeps at the broker how each device shall be configured. What is published is what the row says at that moment, so twice
 * or late does no harm. A device that has no connection of its own any more gets nothing: what was kept for it is taken away.
 */
@ApplicationScoped
class PublishDesired implements OutboxHandler {
    private static final long ON_THE_WAY = 10_000;

    private static final String FIND =
            """
            SELECT t.code, d.device_class, d.uid, d.heartbeat_seconds, d.report_seconds, d.desired_version,
                   d.gateway_id IS NULL AND d.lifecycle <> 'RETIRED' AND d.desired_version > 0 AS kept
            FROM device d JOIN tenant t ON t.id = d.tenant_id WHERE d.id = $1""";

    private final Db db;
    private final MutinyEmitter<byte[]> line;
    private final Json json;

    PublishDesired(
            Db db,
            @Channel("desired") @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = ON_THE_WAY)
                    MutinyEmitter<byte[]> line,
            Json json) {
        this.db = db;
        this.line = line;
        this.json = json;
    }

    @Override
    public String kind() {
        return DesiredConfiguration.KIND;
    }

    @Override
    public Uni<Void> deliver(OutboxMessage message) {
        UUID device = json.read(message.payload(), DesiredConfiguration.class).device();
        return db.forTenantSql(message.tenantId(), tx -> find(tx, device))
                .chain(kept -> kept == null ? Uni.createFrom().voidItem() : line.sendMessage(kept));
    }

    private static Uni<Message<byte[]>> find(SqlConnection tx, UUID device) {
        return tx.preparedQuery(FIND).execute(Tuple.of(device)).map(rows -> {
            RowIterator<Row> found = rows.iterator();
            return found.hasNext() ? message(found.next()) : null;
        });
    }

    private static Message<byte[]> message(Row row) {
        String topic = Topic.down(
                row.getString("code"), DeviceClass.of(row.getString("device_class")), row.getString("uid"), "desired");
        byte[] body = row.getBoolean("kept") ? body(row) : new byte[0];
        return Message.of(body).addMetadata(new SendingMqttMessageMetadata(topic, MqttQoS.AT_LEAST_ONCE, true));
    }

    private static byte[] body(Row row) {
        ObjectNode desired = JsonNodeFactory.instance
                .objectNode()
                .put("v", Contract.VERSION)
                .put("version", row.getInteger("desired_version"))
                .put("hb", row.getInteger("heartbeat_seconds"));
        if (row.getInteger("report_seconds") != null) {
            desired.put("interval", row.getInteger("report_seconds"));
        }
        return desired.toString().getBytes(StandardCharsets.UTF_8);
    }
}
