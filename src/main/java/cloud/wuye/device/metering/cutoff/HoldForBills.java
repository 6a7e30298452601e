package cloud.wuye.device.metering.cutoff;

import cloud.wuye.device.metering.billing.ArrearsChanged;
import cloud.wuye.platform.time.Clock;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.TreeSet;
import java.util.UUID;

/** Calls the judge when what is owed for billed usage changes: soon when it falls due, at once when it is paid. */
@ApplicationScoped
class HoldForBills implements ArrearsChanged {
    private final CreditWatch watch;
    private final JudgeCredit judge;
    private final Clock clock;

    HoldForBills(CreditWatch watch, JudgeCredit judge, Clock clock) {
        this.watch = watch;
        this.judge = judge;
        this.clock = clock;
    }

    /** The mark stands in the tables: whoever judges next, after a restart too, sees it. */
    @Override
    public Uni<Void> overdue(SqlConnection tx, Collection<UUID> tenantIds, Collection<UUID> pointIds) {
        return watch.lookAtBilled(tx, tenantIds, pointIds, clock.now());
    }

    /** Supply that was held for them comes back in the same transaction; so a command goes out with its commit. */
    @Override
    public Uni<Void> settled(SqlConnection tx, UUID tenantId, Collection<UUID> pointIds) {
        Uni<Void> looked = Uni.createFrom().voidItem();
        for (UUID point : new TreeSet<>(pointIds)) {
            looked = looked.chain(() -> judge.look(tx, tenantId, point));
        }
        return looked;
    }
}
