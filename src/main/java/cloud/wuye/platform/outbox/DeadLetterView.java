package cloud.wuye.platform.outbox;

import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** An outgoing message that could not be delivered. */
@Type("DeadLetter")
@Description("An outgoing message that could not be delivered and waits for a person.")
public record DeadLetterView(
        @Id @NonNull @Description("Identifies the message.") UUID id,
        @NonNull @Description("What sort of message, e.g. `mqtt.command`.") String kind,
        @NonNull @Description("What it is about, e.g. a device's id; messages of one key stay in order.") String key,
        @NonNull @Description("When it was written.") Instant createdAt,
        @NonNull @Description("How many deliveries were tried.") Integer attempts,
        @Description("What went wrong last.") String lastError) {

    static DeadLetterView of(Row row) {
        return new DeadLetterView(
                row.getUUID("id"),
                row.getString("kind"),
                row.getString("key"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getInteger("attempts"),
                row.getString("last_error"));
    }
}
