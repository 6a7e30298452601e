package cloud.wuye.payment.reconciliation;

import static cloud.wuye.platform.db.Columns.utc;

import cloud.wuye.platform.audit.Audit;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.problem.Detail;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.security.CurrentCaller;
import cloud.wuye.platform.time.Clock;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.UUID;

/** Use case: a person has settled a difference and says how. It moves no money. */
@ApplicationScoped
class ResolveDifference {
    private static final int LONGEST_REASON = 500;
    private static final String RESOLVE =
            """
            UPDATE reconciliation_difference SET state = 'RESOLVED', resolution = $2, reason = $3, resolved_by = $4,
              resolved_by_name = $5, resolved_at = $6
            WHERE id = $1""";

    private final Db db;
    private final Differences differences;
    private final Audit audit;
    private final CurrentCaller currentCaller;
    private final Clock clock;

    ResolveDifference(Db db, Differences differences, Audit audit, CurrentCaller currentCaller, Clock clock) {
        this.db = db;
        this.differences = differences;
        this.audit = audit;
        this.currentCaller = currentCaller;
        this.clock = clock;
    }

    /** Repeating the same changes nothing; one that is gone, or settled otherwise, is refused. */
    Uni<ReconciliationDifferenceView> resolve(UUID id, DifferenceResolution resolution, String reason) {
        String why = reason.strip();
        if (why.isEmpty() || why.length() > LONGEST_REASON) {
            throw new Problem(ProblemCode.VALIDATION, "reason", Detail.characters(1, LONGEST_REASON));
        }
        Caller caller = currentCaller.get();
        return db.writeSql(tx -> differences.locked(tx, id).flatMap(found -> {
            if (found == null) {
                throw new Problem(ProblemCode.NOT_FOUND, "id", id);
            }
            if (found.state() == DifferenceState.RESOLVED && found.resolution() == resolution) {
                return Uni.createFrom().item(found);
            }
            if (found.state() != DifferenceState.OPEN) {
                throw new Problem(ProblemCode.ILLEGAL_STATE, null, found.state());
            }
            return keep(tx, caller, found, resolution, why).chain(() -> differences.locked(tx, id));
        }));
    }

    private Uni<Void> keep(
            SqlConnection tx,
            Caller caller,
            ReconciliationDifferenceView found,
            DifferenceResolution resolution,
            String why) {
        return tx.preparedQuery(RESOLVE)
                .execute(
                        Tuple.of(found.id(), resolution.name(), why, caller.subject(), caller.name(), utc(clock.now())))
                .chain(() -> audit.record(
                        tx,
                        caller,
                        "reconciliation.resolve",
                        "ReconciliationDifference",
                        found.id(),
                        Map.of("kind", found.kind(), "reference", found.reference(), "state", found.state()),
                        Map.of("state", DifferenceState.RESOLVED, "resolution", resolution),
                        why));
    }
}
