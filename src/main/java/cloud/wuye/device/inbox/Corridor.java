package cloud.wuye.device.inbox;

import cloud.wuye.device.contract.RejectReason;
import cloud.wuye.platform.db.DatabaseTrouble;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.observe.LogContext;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Carries a batch through its transaction and, after the commit, tells the broker. While the database is away it waits and
 * tries again for as long as it takes. A batch that the database or a handler refuses is halved until the one message at
 * fault stands alone, and that one is parked.
 */
@ApplicationScoped
class Corridor {
    private static final Logger LOG = Logger.getLogger(Corridor.class);

    private final Db db;
    private final BatchStore store;
    private final ParkingLot parkingLot;
    private final DeviceAnswers answers;
    private final DeviceNews news;
    private final InboxMetrics metrics;
    private final InboxConfig config;
    private final BatchTrace traces;

    Corridor(
            Db db,
            BatchStore store,
            ParkingLot parkingLot,
            DeviceAnswers answers,
            DeviceNews news,
            InboxMetrics metrics,
            InboxConfig config,
            BatchTrace traces) {
        this.db = db;
        this.store = store;
        this.parkingLot = parkingLot;
        this.answers = answers;
        this.news = news;
        this.metrics = metrics;
        this.config = config;
        this.traces = traces;
    }

    /** Done when every message of the batch is stored or parked, and acknowledged. */
    Uni<Void> pass(List<Arrival> batch) {
        return Uni.createFrom().deferred(() -> {
            BatchTrace.Begun trace = traces.begin(batch);
            return patiently(trace.id(), tx -> store.store(tx, batch))
                    .onItemOrFailure()
                    .transformToUni((stored, failure) -> {
                        trace.end(stored, failure);
                        return failure == null
                                ? committed(batch, stored, trace.id())
                                : divide(batch, failure, trace.id());
                    });
        });
    }

    /** It stands: whatever goes wrong from here on must not undo, park or repeat it. */
    private Uni<Void> committed(List<Arrival> batch, Stored stored, String trace) {
        batch.forEach(arrival -> arrival.ack().run());
        try {
            metrics.stored(batch, stored);
            stored.answers().forEach(answers::send);
            news.committed(stored);
        } catch (RuntimeException e) {
            note(null, trace, () -> LOG.error("A batch is stored, but not all the world was told", e));
        }
        return Uni.createFrom().voidItem();
    }

    private Uni<Void> divide(List<Arrival> batch, Throwable failure, String trace) {
        if (batch.size() > 1) {
            note(null, trace, () -> LOG.warnf("Halving a batch of %d: %s", (Integer) batch.size(), failure));
            int half = batch.size() / 2;
            return pass(batch.subList(0, half)).chain(() -> pass(batch.subList(half, batch.size())));
        }
        Arrival alone = batch.get(0);
        Parked parked = Parked.of(alone, null, RejectReason.HANDLER_REFUSED, String.valueOf(failure));
        return patiently(trace, tx -> parkingLot.park(tx, List.of(parked)))
                // The last resort of a message: an unacknowledged one would stay in the broker's window for ever.
                .onFailure()
                .invoke(trouble -> note(
                        null,
                        trace,
                        () -> LOG.errorf(trouble, "Parking failed on %s, later again: %s", alone.topic(), failure)))
                .onFailure()
                .retry()
                .withBackOff(config.firstPause(), config.longestPause())
                .indefinitely()
                .invoke(companies -> {
                    alone.ack().run();
                    metrics.rejected(RejectReason.HANDLER_REFUSED, 1);
                    companies.forEach(company ->
                            note(company, trace, () -> LOG.warnf(failure, "Parked a message on %s", alone.topic())));
                })
                .replaceWithVoid();
    }

    /** Waits for as long as it takes where nothing is wrong with the work itself. */
    private <T> Uni<T> patiently(String trace, Function<SqlConnection, Uni<T>> work) {
        return Uni.createFrom()
                .deferred(() -> db.acrossTenants("telemetry", work))
                .onFailure(DatabaseTrouble::isContention)
                .retry()
                .withBackOff(config.firstPause(), config.longestPause())
                .indefinitely()
                .onFailure(DatabaseTrouble::isAway)
                .invoke(failure -> note(
                        null, trace, () -> LOG.warnf("The database is away, messages wait: %s", failure.getMessage())))
                .onFailure(DatabaseTrouble::isAway)
                .retry()
                .withBackOff(config.firstPause(), config.longestPause())
                .indefinitely();
    }

    /** A batch is several companies' until one message stands alone; its trace is always known. */
    private static void note(UUID tenantId, String trace, Runnable line) {
        LogContext.during(tenantId, trace, line);
    }
}
