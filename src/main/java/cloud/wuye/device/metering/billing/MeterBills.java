package cloud.wuye.device.metering.billing;

import static cloud.wuye.platform.db.Columns.utc;

import cloud.wuye.platform.Ids;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.time.Clock;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Bills as they stand, and what becomes of them. */
@ApplicationScoped
class MeterBills {
    private static final String SELECT = "SELECT * FROM meter_bill WHERE ";
    private static final String SAVE =
            """
            UPDATE meter_bill SET state = $3, paid_fen = $4, written_off_fen = $5, settled_at = $6, version = version + 1
            WHERE tenant_id = $1 AND id = $2""";
    private static final String TELL =
            """
            INSERT INTO meter_bill_event (tenant_id, id, bill_id, at, kind, state, fen, order_id, by_subject, by_name, note)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)""";

    private final Clock clock;

    MeterBills(Clock clock) {
        this.clock = clock;
    }

    /** One of the tenant's, locked; NOT_FOUND at this field when there is none. */
    Uni<MeterBill> locked(SqlConnection tx, UUID id, String field) {
        return one(tx, SELECT + "id = $1 FOR UPDATE", id, field);
    }

    /** The same as it stands, for whoever changes nothing. */
    Uni<MeterBill> one(SqlConnection connection, UUID id, String field) {
        return one(connection, SELECT + "id = $1", id, field);
    }

    private static Uni<MeterBill> one(SqlConnection connection, String sql, UUID id, String field) {
        return list(connection, sql, Tuple.of(id)).map(found -> {
            if (found.isEmpty()) {
                throw new Problem(ProblemCode.NOT_FOUND, field, id);
            }
            return found.get(0);
        });
    }

    /** These, locked in the order of their ids. */
    Uni<List<MeterBill>> locked(SqlConnection tx, UUID tenantId, Collection<UUID> ids) {
        return list(
                tx,
                SELECT + "tenant_id = $1 AND id = ANY ($2) ORDER BY id FOR UPDATE",
                Tuple.of(tenantId, ids.toArray(UUID[]::new)));
    }

    /** Those a point has still to pay, oldest first. */
    Uni<List<MeterBill>> unpaid(SqlConnection tx, UUID tenantId, UUID pointId) {
        return list(
                tx,
                SELECT + "tenant_id = $1 AND point_id = $2 AND state IN ('ISSUED', 'PARTLY_PAID', 'OVERDUE')"
                        + " ORDER BY due_on, id",
                Tuple.of(tenantId, pointId));
    }

    /** Some whose time is over, locked. */
    Uni<List<MeterBill>> dueToBeOverdue(SqlConnection tx, Instant now, int atMost) {
        return list(
                tx,
                SELECT + "overdue_at <= $1 AND state IN ('ISSUED', 'PARTLY_PAID') ORDER BY overdue_at LIMIT $2"
                        + " FOR UPDATE SKIP LOCKED",
                Tuple.of(now.atOffset(ZoneOffset.UTC), atMost));
    }

    /** Writes how bills stand after something has happened to them. */
    Uni<Void> save(SqlConnection tx, List<MeterBill> bills) {
        if (bills.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return tx.preparedQuery(SAVE)
                .executeBatch(bills.stream()
                        .map(bill -> Tuple.of(
                                bill.tenantId,
                                bill.id,
                                bill.state.name(),
                                bill.paidFen,
                                bill.writtenOffFen,
                                utc(bill.settledAt)))
                        .toList())
                .replaceWithVoid();
    }

    /** What happened to a bill, which stands as it does after it. */
    record Happened(MeterBill bill, BillEventKind kind, long fen, UUID orderId, Caller by, String note) {}

    /** Writes down what happened. */
    Uni<Void> tell(SqlConnection tx, List<Happened> events) {
        if (events.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        OffsetDateTime now = utc(clock.now());
        return tx.preparedQuery(TELL)
                .executeBatch(events.stream()
                        .map(event -> Tuple.from(new Object[] {
                            event.bill.tenantId,
                            Ids.next(),
                            event.bill.id,
                            now,
                            event.kind.name(),
                            event.bill.state.name(),
                            event.fen,
                            event.orderId,
                            event.by.subject(),
                            event.by.name(),
                            event.note
                        }))
                        .toList())
                .replaceWithVoid();
    }

    private static Uni<List<MeterBill>> list(SqlConnection tx, String sql, Tuple values) {
        return tx.preparedQuery(sql).execute(values).map((RowSet<Row> rows) -> {
            List<MeterBill> bills = new ArrayList<>(rows.size());
            rows.forEach(row -> bills.add(MeterBill.of(row)));
            return bills;
        });
    }
}
