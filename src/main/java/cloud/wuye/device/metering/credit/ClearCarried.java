package cloud.wuye.device.metering.credit;

import cloud.wuye.device.metering.account.AccountLife;
import cloud.wuye.device.metering.account.MeterAccount;
import cloud.wuye.platform.Ids;
import cloud.wuye.platform.audit.Audit;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.time.Clock;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Clears what the last bill of an account that is being closed would have carried to a next one, which never comes: it is owed to
 * whoever the bill was for, once for each bill.
 */
@ApplicationScoped
class ClearCarried implements AccountLife {
    /** Of each customer's last bill, for a point may have had several; what a clearing of it owes is carried nowhere. */
    private static final String CARRIED =
            """
            SELECT b.id, b.number, b.debtor_id, -b.carried_fen AS fen,
                   (SELECT coalesce(sum(o.payable_fen - o.paid_fen), 0)::bigint FROM meter_bill o
                    WHERE o.tenant_id = b.tenant_id AND o.point_id = b.point_id AND o.debtor_id = b.debtor_id
                      AND o.state IN ('ISSUED', 'PARTLY_PAID', 'OVERDUE')) AS open_fen
            FROM (SELECT DISTINCT ON (debtor_id) * FROM meter_bill WHERE tenant_id = $1 AND point_id = $2
                  ORDER BY debtor_id, issued_at DESC, id DESC) b
            WHERE b.carried_fen < 0
              AND NOT EXISTS (SELECT FROM meter_clear_record c WHERE c.tenant_id = b.tenant_id AND c.bill_id = b.id)
            ORDER BY b.id""";

    private final MeterClears clears;
    private final ClearBooks books;
    private final Audit audit;
    private final Clock clock;

    ClearCarried(MeterClears clears, ClearBooks books, Audit audit, Clock clock) {
        this.clears = clears;
        this.books = books;
        this.audit = audit;
        this.clock = clock;
    }

    private record Carried(UUID billId, String number, UUID debtorId, long fen) {}

    @Override
    public Uni<Void> leaving(SqlConnection tx, MeterAccount account, Caller by, String reason) {
        return carried(tx, account).flatMap(all -> Multi.createFrom()
                .iterable(all)
                .onItem()
                .transformToUniAndConcatenate(one -> clear(tx, account, one, by, reason))
                .collect()
                .asList()
                .replaceWithVoid());
    }

    private static Uni<List<Carried>> carried(SqlConnection tx, MeterAccount account) {
        return tx.preparedQuery(CARRIED)
                .execute(Tuple.of(account.tenantId(), account.pointId()))
                .map(rows -> {
                    List<Carried> all = new ArrayList<>();
                    rows.forEach(row -> {
                        long open = row.getLong("open_fen");
                        if (open > 0) {
                            // Nobody is paid out who still owes.
                            throw new Problem(ProblemCode.BILLS_UNPAID, "deviceId", open, row.getLong("fen"));
                        }
                        all.add(new Carried(
                                row.getUUID("id"),
                                row.getString("number"),
                                row.getUUID("debtor_id"),
                                row.getLong("fen")));
                    });
                    return all;
                });
    }

    private Uni<MeterClearView> clear(
            SqlConnection tx, MeterAccount account, Carried carried, Caller by, String reason) {
        UUID id = Ids.next();
        return clears.register(tx, account.tenantId(), account.deviceId())
                .flatMap(register -> books.carried(
                                tx,
                                account.tenantId(),
                                id,
                                carried.debtorId(),
                                carried.fen(),
                                carried.number(),
                                clock.now())
                        .flatMap(entry -> clears.add(tx, record(account, carried, id, register, entry, by, reason))))
                .call(view -> audit.record(tx, by, "meter.clear", "MeterClearRecord", view.id(), null, view, reason));
    }

    private MeterClear record(
            MeterAccount account, Carried carried, UUID id, BigDecimal register, UUID entry, Caller by, String reason) {
        return new MeterClear(
                id,
                account.tenantId(),
                account.pointId(),
                account.deviceId(),
                register,
                BigDecimal.valueOf(carried.fen(), 2),
                BigDecimal.ZERO,
                Remainder.PAY_BACK,
                carried.fen(),
                // Whoever closes an account need not say why; the bill says enough.
                reason == null ? carried.number() : reason,
                ClearState.DONE,
                null,
                carried.billId(),
                entry,
                "bill " + carried.billId(),
                clock.now(),
                by.subject(),
                by.name());
    }
}
