package cloud.wuye.device.command;

import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** A command as it is seen through the door. */
@Type("DeviceCommand")
@Description("An order to a device and how far it has come.")
public record CommandView(
        @Id @NonNull @Description("Identifies the command, on the wire too.") UUID id,
        @Id @NonNull @Description("The device it is for.") UUID deviceId,
        @NonNull @Description("What is asked, in the MQTT contract's word, such as `relay.set`.") String op,
        @NonNull @Description("What the op needs, as JSON text.") String args,
        @NonNull @Description("What doing it twice would mean.") OpKind kind,
        @NonNull @Description("Where it stands.") CommandState state,
        @NonNull @Description("Who wanted it: a person, a timetable or the service.") CommandOrigin origin,
        @NonNull @Description("The name of whoever wanted it.") String by,
        @Description("Why, in their words.") String reason,
        @Id @Description("What it belongs to: the command that it reads back for, or a timetable.") UUID correlationId,
        @Description("How many transmissions were begun.") int attempt,
        @Description("How many there may be.") int maxAttempts,
        @NonNull @Description("When it was queued.") Instant createdAt,
        @NonNull @Description("Until when it may be executed.") Instant expiresAt,
        @Description("When something happens to it if nothing has; absent when nothing will.") Instant deadline,
        @Description("Why it failed or expired: a word for machines, the device's own where it gave one.") String code,
        @Description("The same in words.") String detail,
        @Description("What the device answered, as JSON text.") String result,
        @Description("When it reached its final state.") Instant settledAt) {

    /** The view of a command. */
    public static CommandView of(DeviceCommand c) {
        return new CommandView(
                c.id,
                c.deviceId,
                c.op,
                c.args,
                c.kind,
                c.state,
                c.origin,
                c.byName,
                c.reason,
                c.correlationId,
                c.attempt,
                c.maxAttempts,
                c.createdAt,
                c.expiresAt,
                c.deadline,
                c.code,
                c.detail,
                c.result,
                c.settledAt);
    }

    static CommandView of(Row row) {
        return of(CommandRows.read(row));
    }
}
