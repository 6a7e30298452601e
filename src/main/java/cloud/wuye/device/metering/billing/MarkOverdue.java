package cloud.wuye.device.metering.billing;

import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.schedule.Batches;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;

/** Use case: bills whose time is over, grace included, become overdue. Whether supply is held for it is decided elsewhere. */
@ApplicationScoped
public class MarkOverdue {
    private final Db db;
    private final MeterBills bills;
    private final Clock clock;

    MarkOverdue(Db db, MeterBills bills, Clock clock) {
        this.db = db;
        this.bills = bills;
        this.clock = clock;
    }

    /** All that are due to; tells how many. */
    public Uni<Integer> now() {
        return Batches.untilDry(() -> db.acrossTenants("bills whose time is over", this::batch));
    }

    private Uni<Integer> batch(SqlConnection tx) {
        Instant now = clock.now();
        return bills.dueToBeOverdue(tx, now, Batches.SIZE)
                .invoke(due -> due.forEach(bill -> bill.overdue(now)))
                .call(due -> bills.save(tx, due))
                .call(due -> bills.tell(
                        tx,
                        due.stream()
                                .map(bill -> new MeterBills.Happened(
                                        bill,
                                        BillEventKind.OVERDUE,
                                        bill.openFen(),
                                        null,
                                        Caller.system(bill.tenantId),
                                        null))
                                .toList()))
                .map(due -> due.size());
    }
}
