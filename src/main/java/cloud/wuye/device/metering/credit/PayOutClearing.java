package cloud.wuye.device.metering.credit;

import cloud.wuye.payment.order.CashDesk;
import cloud.wuye.platform.audit.Audit;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.security.CurrentCaller;
import cloud.wuye.platform.time.Clock;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.UUID;

/** Use case: a person has paid out what was left of a cleared credit, out of the cash desk. */
@ApplicationScoped
class PayOutClearing {
    private final Db db;
    private final MeterClears clears;
    private final ClearBooks books;
    private final CashDesk desk;
    private final Audit audit;
    private final CurrentCaller currentCaller;
    private final Clock clock;

    PayOutClearing(
            Db db,
            MeterClears clears,
            ClearBooks books,
            CashDesk desk,
            Audit audit,
            CurrentCaller currentCaller,
            Clock clock) {
        this.db = db;
        this.clears = clears;
        this.books = books;
        this.desk = desk;
        this.audit = audit;
        this.currentCaller = currentCaller;
        this.clock = clock;
    }

    /** Books it once, and only what is in the cash desk; the same receipt again changes nothing. */
    Uni<MeterClearView> paidOut(UUID id, String receiptNo) {
        Caller caller = currentCaller.get();
        Instant now = clock.now();
        return db.writeSql(tx -> clears.locked(tx, id).flatMap(before -> {
            if (receiptNo.equals(before.receiptNo())) {
                return Uni.createFrom().item(before);
            }
            requireOwed(before);
            UUID tenant = caller.requireTenant();
            return clears.paidOut(tx, tenant, id, receiptNo, now)
                    .call(() -> desk.take(
                            tx,
                            tenant,
                            before.refundFen(),
                            "id",
                            () -> books.paidOut(tx, tenant, id, before.refundFen(), receiptNo, now)))
                    .call(after -> audit.record(
                            tx, caller, "meter.payOutClearing", "MeterClearRecord", id, before, after, null));
        }));
    }

    private static void requireOwed(MeterClearView clear) {
        if (clear.paidOutAt() != null) {
            throw new Problem(ProblemCode.ILLEGAL_STATE, "id", "PAID_OUT");
        }
        if (clear.state() != ClearState.DONE || clear.refundFen() == 0) {
            throw new Problem(ProblemCode.ILLEGAL_STATE, "id", clear.state());
        }
    }
}
