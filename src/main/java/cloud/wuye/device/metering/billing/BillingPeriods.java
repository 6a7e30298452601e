package cloud.wuye.device.metering.billing;

import cloud.wuye.tariff.Commodity;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The companies' periods and all SQL about them. */
@ApplicationScoped
class BillingPeriods {
    private static final String KEEP =
            """
            INSERT INTO billing_period AS p (tenant_id, commodity, cut_day, cut_time, due_days, grace_days, fresh_hours, window_hours,
              partial_payments, active, next_cut_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            ON CONFLICT (tenant_id, commodity) DO UPDATE SET cut_day = excluded.cut_day, cut_time = excluded.cut_time,
              due_days = excluded.due_days, grace_days = excluded.grace_days, fresh_hours = excluded.fresh_hours,
              window_hours = excluded.window_hours, partial_payments = excluded.partial_payments, active = excluded.active,
              next_cut_at = excluded.next_cut_at, version = p.version + 1
            RETURNING p.*""";
    private static final String DUE =
            """
            SELECT p.*, t.zone FROM billing_period p JOIN tenant t ON t.id = p.tenant_id
            WHERE p.next_cut_at <= $1 ORDER BY p.next_cut_at LIMIT 1 FOR UPDATE OF p SKIP LOCKED""";

    /** One whose period has ended, locked, and where its company is. */
    record Ended(BillingPeriod period, ZoneId zone) {}

    Uni<Ended> ended(SqlConnection tx, Instant now) {
        return tx.preparedQuery(DUE)
                .execute(Tuple.of(now.atOffset(ZoneOffset.UTC)))
                .map(rows -> {
                    if (rows.size() == 0) {
                        return null;
                    }
                    Row row = rows.iterator().next();
                    return new Ended(BillingPeriod.of(row), ZoneId.of(row.getString("zone")));
                });
    }

    Uni<Void> goOn(SqlConnection tx, BillingPeriod period, Instant next) {
        return tx.preparedQuery("UPDATE billing_period SET next_cut_at = $3 WHERE tenant_id = $1 AND commodity = $2")
                .execute(Tuple.of(period.tenantId(), period.commodity().name(), next.atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
    }

    /** All of the transaction's company. */
    Uni<List<BillingPeriod>> all(SqlConnection tx) {
        return tx.preparedQuery("SELECT * FROM billing_period ORDER BY commodity")
                .execute()
                .map(BillingPeriods::list);
    }

    /** The company's for a commodity, or null. */
    Uni<BillingPeriod> of(SqlConnection tx, UUID tenantId, Commodity commodity) {
        return tx.preparedQuery("SELECT * FROM billing_period WHERE tenant_id = $1 AND commodity = $2")
                .execute(Tuple.of(tenantId, commodity.name()))
                .map(rows -> rows.size() == 0 ? null : list(rows).get(0));
    }

    Uni<BillingPeriod> keep(SqlConnection tx, BillingPeriod period) {
        return tx.preparedQuery(KEEP)
                .execute(Tuple.from(new Object[] {
                    period.tenantId(),
                    period.commodity().name(),
                    period.cutDay(),
                    period.cutTime(),
                    period.dueDays(),
                    period.graceDays(),
                    period.freshHours(),
                    period.windowHours(),
                    period.partialPayments(),
                    period.active(),
                    period.nextCutAt() == null ? null : period.nextCutAt().atOffset(ZoneOffset.UTC)
                }))
                .map(rows -> list(rows).get(0));
    }

    private static List<BillingPeriod> list(RowSet<Row> rows) {
        List<BillingPeriod> all = new ArrayList<>();
        rows.forEach(row -> all.add(BillingPeriod.of(row)));
        return all;
    }
}
