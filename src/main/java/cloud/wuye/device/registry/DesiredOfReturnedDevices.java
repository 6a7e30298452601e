package cloud.wuye.device.registry;

import cloud.wuye.device.inbox.DeviceStateListener;
import cloud.wuye.device.inbox.StateChange;
import cloud.wuye.platform.outbox.Outbox;
import cloud.wuye.platform.time.Clock;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/**
 * A device comes back and has not taken over what it shall be like: perhaps the broker has lost what it kept. It is
 * published again, once an hour at most.
 */
@ApplicationScoped
class DesiredOfReturnedDevices implements DeviceStateListener {
    private static final String BEHIND =
            """
            SELECT d.id, d.tenant_id, d.uid, d.desired_version FROM device d
            JOIN device_state s ON s.device_id = d.id
            WHERE d.id = ANY($1) AND d.gateway_id IS NULL AND d.desired_version > coalesce(s.desired_version, 0)
            ORDER BY d.id""";

    private final Outbox outbox;
    private final Clock clock;

    DesiredOfReturnedDevices(Outbox outbox, Clock clock) {
        this.outbox = outbox;
        this.clock = clock;
    }

    @Override
    public Uni<Void> changed(SqlConnection tx, List<StateChange> changes) {
        UUID[] back = changes.stream()
                .filter(StateChange::cameOnline)
                .map(change -> change.device().id())
                .toArray(UUID[]::new);
        if (back.length == 0) {
            return Uni.createFrom().voidItem();
        }
        return tx.preparedQuery(BEHIND).execute(Tuple.of(back)).flatMap(rows -> {
            Uni<Void> all = Uni.createFrom().voidItem();
            for (Row row : rows) {
                all = all.chain(() -> again(tx, row));
            }
            return all;
        });
    }

    private Uni<Void> again(SqlConnection tx, Row row) {
        UUID device = row.getUUID("id");
        return outbox.put(
                tx,
                row.getUUID("tenant_id"),
                DesiredConfiguration.KIND,
                row.getString("uid"),
                device + ":" + row.getInteger("desired_version") + ":"
                        + clock.now().truncatedTo(ChronoUnit.HOURS),
                new DesiredConfiguration(device));
    }
}
