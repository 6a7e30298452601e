package cloud.wuye.device.supply;

import cloud.wuye.device.command.SendCommands;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.schedule.Batches;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/** Use case: looks at every device that is not as it should be, whatever was missed. */
@ApplicationScoped
public class ReconcileAll {
    private static final UUID FIRST = new UUID(0, 0);

    private final Db db;
    private final Switches switches;
    private final SwitchAnswers answers;
    private final SwitchEvents events;
    private final ReadBacks readBacks;
    private final Reconciler reconciler;
    private final SendCommands send;
    private final Clock clock;

    ReconcileAll(
            Db db,
            Switches switches,
            SwitchAnswers answers,
            SwitchEvents events,
            ReadBacks readBacks,
            Reconciler reconciler,
            SendCommands send,
            Clock clock) {
        this.db = db;
        this.switches = switches;
        this.answers = answers;
        this.events = events;
        this.readBacks = readBacks;
        this.reconciler = reconciler;
        this.send = send;
        this.clock = clock;
    }

    /** Tells how many devices were astray, or had to be asked how they stand. */
    public Uni<Integer> now() {
        AtomicReference<UUID> after = new AtomicReference<>(FIRST);
        return Batches.untilDry(() -> db.acrossTenants("switches that said otherwise", this::check))
                .chain(() -> Batches.untilDry(
                        () -> db.acrossTenants("switches to read back", tx -> readBacks.ask(tx, Batches.SIZE))))
                .flatMap(asked -> Batches.untilDry(
                                () -> db.acrossTenants("switch reconciliation", tx -> batch(tx, after)))
                        .map(astray -> asked + astray))
                .invoke(count -> {
                    if (count > 0) {
                        send.hurry();
                    }
                });
    }

    /** A relay may be welded, or somebody closes it by hand: what a device said it did is held against what it shows. */
    private Uni<Integer> check(SqlConnection tx) {
        Instant now = clock.now();
        return answers.check(tx, now, Batches.SIZE).flatMap(checked -> {
            return events.failed(tx, now, SwitchEvents.belied(checked)).replaceWith(checked.size());
        });
    }

    private Uni<Integer> batch(SqlConnection tx, AtomicReference<UUID> after) {
        return switches.astray(tx, after.get(), clock.now(), Batches.SIZE).flatMap(rows -> {
            if (rows.isEmpty()) {
                return Uni.createFrom().item(0);
            }
            after.set(rows.get(rows.size() - 1).getUUID("device_id"));
            Map<UUID, List<UUID>> byTenant = Switches.byTenant(rows);
            return reconciler
                    .lockCommands(tx, byTenant)
                    .chain(() -> reconciler.reconcile(tx, byTenant))
                    .replaceWith(rows.size());
        });
    }
}
