package cloud.wuye.device.metering.billing;

import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.schedule.Batches;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Use case: bills whose time is over, grace included, become overdue. Whether supply is held for it is decided elsewhere. */
@ApplicationScoped
public class MarkOverdue {
    private final Db db;
    private final MeterBills bills;
    private final List<ArrearsChanged> listeners;
    private final Clock clock;

    MarkOverdue(Db db, MeterBills bills, @All List<ArrearsChanged> listeners, Clock clock) {
        this.listeners = listeners;
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
                .call(due -> due.isEmpty() ? Uni.createFrom().voidItem() : changed(tx, due))
                .map(due -> due.size());
    }

    private Uni<Void> changed(SqlConnection tx, List<MeterBill> due) {
        List<UUID> tenants = due.stream().map(bill -> bill.tenantId).distinct().toList();
        List<UUID> points = due.stream().map(bill -> bill.pointId).distinct().toList();
        Uni<Void> told = Uni.createFrom().voidItem();
        for (ArrearsChanged each : listeners) {
            told = told.chain(() -> each.overdue(tx, tenants, points));
        }
        return told;
    }
}
