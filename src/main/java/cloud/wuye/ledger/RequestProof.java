package cloud.wuye.ledger;

import cloud.wuye.platform.audit.Audit;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.security.CurrentCaller;
import cloud.wuye.platform.time.Clock;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;

/** Use case: the next proof of the company's books shall read every line from the beginning. */
@ApplicationScoped
class RequestProof {
    private static final String WANT =
            """
            INSERT INTO ledger_proof (tenant_id, mark, lines, full_wanted_at) VALUES ($1, 0, 0, $2)
            ON CONFLICT (tenant_id) DO UPDATE SET full_wanted_at = coalesce(ledger_proof.full_wanted_at, $2)""";

    private final Db db;
    private final Audit audit;
    private final Clock clock;
    private final CurrentCaller currentCaller;

    RequestProof(Db db, Audit audit, Clock clock, CurrentCaller currentCaller) {
        this.db = db;
        this.audit = audit;
        this.clock = clock;
        this.currentCaller = currentCaller;
    }

    Uni<Void> request(String reason) {
        Caller caller = currentCaller.get();
        return db.writeSql(tx -> tx.preparedQuery(WANT)
                .execute(Tuple.of(caller.requireTenant(), clock.now().atOffset(ZoneOffset.UTC)))
                .chain(() -> audit.record(
                        tx, caller, "ledger.prove", "ledger", caller.requireTenant(), null, null, reason)));
    }
}
