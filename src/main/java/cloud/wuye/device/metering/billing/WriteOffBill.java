package cloud.wuye.device.metering.billing;

import cloud.wuye.platform.audit.Audit;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.problem.Detail;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.security.CurrentCaller;
import cloud.wuye.platform.time.Clock;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Use case: the company gives up what is left of a bill. */
@ApplicationScoped
class WriteOffBill {
    private final Db db;
    private final MeterBills bills;
    private final BillBooks books;
    private final List<ArrearsChanged> listeners;
    private final Audit audit;
    private final CurrentCaller currentCaller;
    private final Clock clock;

    WriteOffBill(
            Db db,
            MeterBills bills,
            BillBooks books,
            @All List<ArrearsChanged> listeners,
            Audit audit,
            CurrentCaller currentCaller,
            Clock clock) {
        this.listeners = listeners;
        this.db = db;
        this.bills = bills;
        this.books = books;
        this.audit = audit;
        this.currentCaller = currentCaller;
        this.clock = clock;
    }

    Uni<Void> writeOff(UUID id, String reason) {
        if (reason.isBlank()) {
            throw new Problem(ProblemCode.VALIDATION, "reason", Detail.BLANK);
        }
        Caller caller = currentCaller.get();
        Instant now = clock.now();
        return db.writeSql(tx -> bills.locked(tx, id, "id").flatMap(bill -> {
            BillState before = bill.state;
            long fen = bill.writeOff(now);
            return bills.save(tx, List.of(bill))
                    .chain(() -> bills.tell(
                            tx,
                            List.of(new MeterBills.Happened(
                                    bill, BillEventKind.WRITTEN_OFF, fen, null, caller, reason))))
                    .chain(() -> books.writtenOff(tx, bill, fen, now))
                    .chain(() -> settled(tx, bill))
                    .chain(() -> audit.record(
                            tx,
                            caller,
                            "bill.writeOff",
                            "MeterBill",
                            id,
                            Map.of("state", before),
                            Map.of("state", bill.state, "fen", fen),
                            reason));
        }));
    }

    private Uni<Void> settled(SqlConnection tx, MeterBill bill) {
        Uni<Void> told = Uni.createFrom().voidItem();
        for (ArrearsChanged each : listeners) {
            told = told.chain(() -> each.settled(tx, bill.tenantId, List.of(bill.pointId)));
        }
        return told;
    }
}
