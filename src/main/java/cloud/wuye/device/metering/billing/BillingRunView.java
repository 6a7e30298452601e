package cloud.wuye.device.metering.billing;

import cloud.wuye.tariff.Commodity;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** A run as clients see it. */
@Type("BillingRun")
@Description("A cut-off whose bills are or were made, and how far that is.")
public record BillingRunView(
        @Id @NonNull @Description("The id.") UUID id,
        @NonNull @Description("What is billed.") Commodity commodity,
        @NonNull @Description("The cut-off.") Instant cutAt,
        @NonNull @Description("Until when late meters are asked.") Instant windowEndsAt,
        @NonNull @Description("When it was opened.") Instant openedAt,
        @Description("When nothing was left to do; absent while something is.") Instant doneAt,
        @NonNull @Description("Who wanted it; `system` for the calendar.") String byName,
        @Description("How many accounts it is about.") int accounts,
        @Description("How many of them have their bill.") int billed,
        @Description("How many of them got one that is estimated in part.") int estimated,
        @Description("How many of them wait: for their meter, a price, or an earlier run.") int waiting) {
    static final String SELECT =
            """
            select r.id, r.commodity, r.cut_at, r.window_ends_at, r.opened_at, r.done_at, r.by_name, t.accounts, t.billed, t.waiting,
              (select count(*)::int from meter_bill b where b.tenant_id = r.tenant_id and b.run_id = r.id and b.estimated) as estimated
            from billing_run r
            cross join lateral (
              select count(*)::int as accounts, count(*) filter (where t.state = 'BILLED')::int as billed,
                     count(*) filter (where t.state = 'WAITING')::int as waiting
              from billing_task t where t.tenant_id = r.tenant_id and t.run_id = r.id) t""";

    static BillingRunView of(Row row) {
        return new BillingRunView(
                row.getUUID("id"),
                Commodity.valueOf(row.getString("commodity")),
                row.getOffsetDateTime("cut_at").toInstant(),
                row.getOffsetDateTime("window_ends_at").toInstant(),
                row.getOffsetDateTime("opened_at").toInstant(),
                row.getOffsetDateTime("done_at") == null
                        ? null
                        : row.getOffsetDateTime("done_at").toInstant(),
                row.getString("by_name"),
                row.getInteger("accounts"),
                row.getInteger("billed"),
                row.getInteger("estimated"),
                row.getInteger("waiting"));
    }
}
