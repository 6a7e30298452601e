package cloud.wuye.device.inbox;

import cloud.wuye.device.contract.RejectReason;
import cloud.wuye.platform.audit.Audit;
import cloud.wuye.platform.db.DatabaseTrouble;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.time.Clock;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Sends parked messages through the corridor's own store again, each in a transaction of its own so that one that still
 * fails keeps no other back. Their receive time is the original one.
 */
@ApplicationScoped
class ReplayRejected {
    private static final String TAKEN = "UPDATE rejected_message SET replayed_at = $2 WHERE id = $1";
    private static final String REFUSED =
            "UPDATE rejected_message SET reason = $2, detail = $3, times = times + 1, last_at = $4 WHERE id = $1";

    private final Db db;
    private final RejectedMessages rejected;
    private final BatchStore store;
    private final Audit audit;
    private final Clock clock;

    ReplayRejected(Db db, RejectedMessages rejected, BatchStore store, Audit audit, Clock clock) {
        this.db = db;
        this.rejected = rejected;
        this.store = store;
        this.audit = audit;
        this.clock = clock;
    }

    Uni<ReplayView> replay(Caller caller, RejectedMessageFilterInput filter, int limit, String reason) {
        return rejected.oldest(filter, limit).chain(waiting -> all(caller, waiting, reason)
                .chain(refused -> rejected.byIds(refused))
                .map(views -> new ReplayView(waiting.size(), waiting.size() - views.size(), views)));
    }

    private Uni<List<UUID>> all(Caller caller, List<RejectedMessages.Waiting> waiting, String reason) {
        return Multi.createFrom()
                .iterable(waiting)
                .onItem()
                .transformToUniAndConcatenate(each -> one(caller, each, reason)
                        .map(taken -> taken ? null : each.id())
                        .map(Optional::ofNullable))
                .filter(Optional::isPresent)
                .map(Optional::get)
                .collect()
                .asList();
    }

    private Uni<Boolean> one(Caller caller, RejectedMessages.Waiting waiting, String reason) {
        return db.acrossTenants("replay of a parked message", tx -> store.replay(tx, waiting.arrival())
                        .chain(refusal ->
                                note(tx, caller, waiting.id(), refusal, reason).replaceWith(refusal == null)))
                .onFailure(failure -> !DatabaseTrouble.isAway(failure))
                .recoverWithUni(failure -> db.acrossTenants(
                                "a replay that failed",
                                tx -> note(
                                        tx,
                                        caller,
                                        waiting.id(),
                                        Parked.of(
                                                waiting.arrival(),
                                                null,
                                                RejectReason.HANDLER_REFUSED,
                                                String.valueOf(failure)),
                                        reason))
                        .replaceWith(false));
    }

    /** What came of one message, and who let it through, in the transaction in which it went through. */
    private Uni<Void> note(SqlConnection tx, Caller caller, UUID id, Parked refusal, String why) {
        OffsetDateTime now = clock.now().atOffset(ZoneOffset.UTC);
        return (refusal == null
                        ? tx.preparedQuery(TAKEN).execute(Tuple.of(id, now))
                        : tx.preparedQuery(REFUSED)
                                .execute(Tuple.of(id, refusal.reason().name(), refusal.safeDetail(), now)))
                .chain(() -> audit.record(
                        tx,
                        caller,
                        "device.replayRejected",
                        "RejectedMessage",
                        id,
                        null,
                        Map.of("taken", refusal == null),
                        why));
    }
}
