package cloud.wuye.device.inbox;

import static cloud.wuye.platform.db.Columns.instant;

import cloud.wuye.device.contract.RejectReason;
import io.vertx.mutiny.sqlclient.Row;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** A message from a device that could not be taken. */
@Type("RejectedMessage")
@Description("A message from a device that could not be taken, and why. The same message again only counts up.")
public record RejectedMessageView(
        @Id @NonNull @Description("Identifies the entry.") UUID id,
        @Id @Description("The device it came from; absent when none is known.") UUID deviceId,
        @NonNull @Description("Where it came in.") String topic,
        @NonNull @Description("Why it was not taken.") RejectReason reason,
        @NonNull @Description("Where exactly it breaks the contract, or what refused it.") String detail,
        @NonNull @Description("The first two thousand bytes, as text.") String payload,
        @NonNull @Description("Its length in bytes.") Integer size,
        @NonNull @Description("How often it came.") Integer times,
        @NonNull @Description("When it first came.") Instant receivedAt,
        @NonNull @Description("When it last came, or was last replayed in vain.") Instant lastAt,
        @Description("When a replay brought it in; absent while it still waits.") Instant replayedAt) {

    static final String COLUMNS = "id, device_id, topic, reason, detail, substring(payload FOR 2000) AS payload,"
            + " length(payload) AS size, times, received_at, last_at, replayed_at";

    static RejectedMessageView of(Row row) {
        return new RejectedMessageView(
                row.getUUID("id"),
                row.getUUID("device_id"),
                row.getString("topic"),
                RejectReason.valueOf(row.getString("reason")),
                row.getString("detail"),
                row.getBuffer("payload").toString(StandardCharsets.UTF_8),
                row.getInteger("size"),
                row.getInteger("times"),
                instant(row, "received_at"),
                instant(row, "last_at"),
                instant(row, "replayed_at"));
    }
}
